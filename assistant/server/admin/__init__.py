"""What those who run the assistant do with what it keeps: `python -m assistant.server.admin`."""
