"""Operator commands on stored data: `python -m assistant.server.admin`."""
