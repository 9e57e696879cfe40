"""Messages of the dialogue: composition, follow-up answers, clarification and deletion requests."""
