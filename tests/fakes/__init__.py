"""Stand-ins for what tests can't use for real."""
