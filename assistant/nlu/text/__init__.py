"""Normalized text, spelling, spaCy docs and alarm patterns."""
