"""Listeners, one module per kind of payload; each returns a job or None."""
