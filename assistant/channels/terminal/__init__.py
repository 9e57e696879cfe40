"""The assistant in the terminal: `python -m assistant.channels.terminal`."""
