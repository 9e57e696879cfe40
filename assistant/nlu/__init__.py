"""Components of the Rasa pipeline: language analysis, sentence vectors, intents, alarms, asking back."""
