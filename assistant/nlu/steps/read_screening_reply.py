"""Step: replies to the candidate check, and the person's own conditions."""

from __future__ import annotations

from typing import Final

from assistant.core.dialogue.small_replies import YES_OR_NO
from assistant.core.protocol import (
    ACKNOWLEDGE,
    CANDIDATE_CHECK,
    CHECK_REPLY,
    FALLBACK,
    OUT_OF_SCOPE,
    SMALL_TALK,
)
from assistant.core.screening.messages import is_open
from assistant.core.screening.progress import Act, Progress, read_progress
from assistant.core.screening.questions import Screening
from assistant.core.screening.replies import (
    Mention,
    ScreeningReply,
    read_reply,
    read_return,
    self_reported_conditions,
)
from assistant.nlu.settings import ScreeningSettings
from assistant.nlu.state import Resources, Segment, State

OWN_CONDITIONS: Final = "own_conditions"
"""Entity, and slot, of all conditions that the person has reported."""
CONDITION: Final = "condition"
_NOT_UNDERSTOOD = frozenset({FALLBACK, OUT_OF_SCOPE})
_NEAR = SMALL_TALK | _NOT_UNDERSTOOD | {CANDIDATE_CHECK, "who_should_avoid", ACKNOWLEDGE, YES_OR_NO}
"""Intents that a reply is easily confused with."""


def read_screening_reply(state: State, resources: Resources) -> State:
    """Classify a segment as ``check_reply`` if it answers the open question of the check."""
    settings, check = resources.settings.read_screening_reply, resources.content.screening
    if settings is None or check is None:
        return state
    state = _with_own_conditions(state, check)
    progress = read_progress(state.conversation.slots.get(CANDIDATE_CHECK))
    if not progress.is_under_way:
        return state
    waits = is_open(progress, [event.as_dict() for event in state.conversation.events])
    return state.with_segments(_read(each, progress, check, settings, waits=waits) for each in state.segments)


def _with_own_conditions(state: State, check: Screening) -> State:
    """Add the conditions of the whole message to its parts too: only some of them may be answered."""
    whole, known = state.whole, state.conversation.slots.get(OWN_CONDITIONS) or []
    mentions = [
        Mention(entity.value, entity.start)
        for entity in whole.entities
        # entities inherited from the previous answer have no position in this message
        if entity.name == CONDITION and entity.value in check.questions and entity.start is not None
    ]
    own = self_reported_conditions(whole.analysis.normalized or whole.text, mentions, check.own)
    if not set(own) - set(known):
        return state
    every = list(dict.fromkeys([*known, *own]))
    return state.with_segments(each.with_entity(OWN_CONDITIONS, every) for each in state.segments)


def _read(
    segment: Segment, progress: Progress, check: Screening, settings: ScreeningSettings, *, waits: bool
) -> Segment:
    act = None if segment.is_alarm else _act(segment, progress, check, settings, waits=waits)
    # a part that is no reply is not asked about again: "hold on", before a question
    if act is None or (act == "unclear" and segment.is_part):
        return segment
    return segment.with_entity(CHECK_REPLY, {"act": act}).classified(CHECK_REPLY, without={FALLBACK})


def _act(
    segment: Segment, progress: Progress, check: Screening, settings: ScreeningSettings, *, waits: bool
) -> Act | None:
    if not waits:
        return read_return(segment.text, check.replies)
    reply = ScreeningReply(
        text=segment.text,
        names_it=progress.question in segment.values().get(CONDITION, ()),
        elsewhere=segment.intent not in _NEAR and segment.confidence >= settings.own_topic,
        lost=segment.intent in _NOT_UNDERSTOOD,
    )
    return read_reply(reply, check.replies)
