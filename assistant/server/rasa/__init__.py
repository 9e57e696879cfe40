"""Integration with Rasa: runtime patches, turns, action client, hot swap and maintenance mode."""
