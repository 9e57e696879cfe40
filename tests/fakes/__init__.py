"""Fakes of external systems."""
