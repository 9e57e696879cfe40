"""Aftercare by the person's own date."""
