"""Where people meet the assistant: thin edges between Rasa and what each channel shows."""
