"""Candidate check: asks one by one about the reasons against microneedling that the articles name."""
