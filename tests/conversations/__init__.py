"""Held-out conversations, with expected answers, that the assistant is not trained on."""
