"""The assistant in the terminal: `python -m channels.terminal`."""
