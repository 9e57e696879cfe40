"""The stock contender: Rasa as it is, with the same content, in an environment of its own."""
