"""Rasa SDK actions, one per file, for answers that have to be computed; plain answers need none."""
