"""Tests of the project's content."""
