"""Steps: clarify what is not understood, with the facts nearest to it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.core.protocol import FALLBACK, FOLLOW_UPS, OUT_OF_SCOPE
from assistant.nlu.settings import FallbackSettings
from assistant.nlu.state import Resources, Segment, State

# no training phrase resembles a bare yes or no, so that its topic is decided by noise
_BARE_REPLY = re.compile(r"(?:no|nope|nah|yes|yeah|yep|maybe)\W*", re.IGNORECASE)


def fall_back(state: State, resources: Resources) -> State:
    """Put ``nlu_fallback`` before an intent of low confidence; the ranking behind it gives the choices offered.

    Only a topic of topics.yml can be offered: other intents stand, however low their confidence.
    """
    return state.with_segments(or_fallback(segment, resources) for segment in state.segments)


def or_fallback(segment: Segment, resources: Resources) -> Segment:
    """Return the segment, with ``nlu_fallback`` before an intent of low confidence."""
    settings, topics = resources.settings.fall_back, resources.content.topics
    can_be_offered = segment.intent in topics or segment.intent in FOLLOW_UPS
    if settings is None or not can_be_offered or segment.confidence >= _threshold(segment, settings):
        return segment
    return segment.classified(FALLBACK, segment.confidence)


def _threshold(segment: Segment, settings: FallbackSettings) -> float:
    if not segment.follows and _BARE_REPLY.fullmatch(segment.text.strip()):
        return settings.bare_reply_threshold
    return settings.out_of_scope_threshold if segment.intent == OUT_OF_SCOPE else settings.threshold


def find_facts(state: State, resources: Resources) -> State:
    """Add the nearest facts to segments that were not understood."""
    settings, facts = resources.settings.find_facts, resources.reader.facts
    if settings is None or facts is None:
        return state
    return state.with_segments(
        replace(
            segment,
            closest_facts=facts.nearest(segment.reading.embedding, settings.min_similarity, settings.top_k),
        )
        if segment.intent == FALLBACK
        else segment
        for segment in state.segments
    )
