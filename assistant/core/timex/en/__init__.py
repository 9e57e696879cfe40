"""English patterns and vocabulary."""
