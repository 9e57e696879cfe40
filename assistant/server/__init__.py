"""The Rasa server runtime: patches, storage, traffic control, observability and HTTP. Imports no channel."""
