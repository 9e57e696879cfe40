"""Rasa pipeline components: text analysis, embeddings, intents, segmentation, alarms, follow-ups and fallback."""
