"""The steps of understanding, one function each."""
