"""Step: when the person was or will be treated, from any message."""

from __future__ import annotations

from assistant.core.dialogue.history import is_date_requested
from assistant.core.protocol import FALLBACK, TIMELINE
from assistant.core.treatment_date import Side, is_correction, says_only_a_time, write_treatment
from assistant.core.treatment_date.interpretation import Utterance, interpret
from assistant.nlu.state import TREATMENT, Resources, Segment, State


def extract_treatment_date(state: State, resources: Resources) -> State:
    """Add the entity ``treatment``, and classify a message that only gives a date as ``timeline``.

    Does nothing for a model without that intent.
    """
    if TIMELINE not in resources.reader.labels:
        return state
    requested = is_date_requested(state.conversation.newest_events())
    asked: Side | None = "either" if requested else None
    return state.with_segments(_with_date(each, state, asked, resources) for each in state.segments)


def _with_date(segment: Segment, state: State, asked: Side | None, resources: Resources) -> Segment:
    conversation = state.conversation
    about_date = segment.follows is not None and segment.only_tells_date
    if asked is None and segment.follows and not about_date and _asks_of_another_time(segment, state):
        return segment
    said = Utterance(segment.text, segment.intent, [name for name, _ in segment.ranking], segment.values())
    update = interpret(said, conversation.treatment, asked, conversation.now, resources.content.occasions)
    if update.treatment is not None:
        zone = conversation.zone_key if conversation.is_zone_known else None
        segment = segment.with_entity(TREATMENT, write_treatment(update.treatment, zone))
    # a question about which only the date is told is answered again for that date
    if about_date or update.intent is None or update.intent == segment.intent:
        return segment
    return segment.classified(update.intent, without={FALLBACK})


def _asks_of_another_time(segment: Segment, state: State) -> bool:
    """Return whether a follow-up repeats the question for another time ("and tomorrow?") and corrects nothing."""
    return says_only_a_time(segment.text, state.conversation.now) and not is_correction(segment.text)
