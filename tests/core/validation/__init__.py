"""Tests of the content checker, one file per check."""
