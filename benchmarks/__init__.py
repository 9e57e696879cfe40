"""Benchmarks run by `make bench`: understanding, comparison with Rasa's stock configuration, load and scaling."""
