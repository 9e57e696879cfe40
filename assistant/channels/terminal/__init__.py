"""Terminal channel: `python -m assistant.channels.terminal`."""
