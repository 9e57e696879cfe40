"""Talks of more than one question: what the assistant must make of them, held out from everything it is trained on."""
