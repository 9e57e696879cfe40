"""Rasa-SDK edge: one action a file, for answers that must be computed. Plain answers need none of them."""
