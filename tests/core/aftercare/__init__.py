"""Tests of aftercare rules applied to a person's treatment date."""
