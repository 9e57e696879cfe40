"""Tests of the response generator."""
