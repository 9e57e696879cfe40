"""Rasa-server edge: turns a response into the message of the protocol, with its sources."""
