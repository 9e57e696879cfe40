"""Tests of the content checker, one file for every check."""
