"""Quality of understanding, alarms, dialogue and dated answers on questions that are not in the training data."""
