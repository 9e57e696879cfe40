"""Response generator for Rasa: adds variations, sources and the disclaimer."""
