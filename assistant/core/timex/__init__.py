"""Time expressions in text: normalization, matching and resolution to moments."""
