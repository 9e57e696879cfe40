"""The three Rasa components."""
