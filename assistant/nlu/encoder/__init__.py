"""The sentence encoder and its export."""
