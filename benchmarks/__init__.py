"""What `make bench` runs: understanding, the stock configuration beside ours, and how cost grows."""
