"""Step: reads the whole message with the classifiers."""

from __future__ import annotations

from assistant.nlu.state import Conversation, Resources, Segment, State
from assistant.nlu.text.analysis import Analysis


def classify(analysis: Analysis, conversation: Conversation, resources: Resources) -> State:
    """Return the first state: topics, alarm probability and token states, from one pass of the encoder."""
    reading, token_states = resources.reader.read_message(analysis.doc)
    return State(Segment.of(analysis, reading), conversation, token_states)
