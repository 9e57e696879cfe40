"""What those who run the assistant do with what it keeps: `python -m channels.operating`."""
