"""Traffic control: rate limits, locks, admission queue, deduplication and keyed queues."""
