"""Tests of the benchmarks' computations."""
