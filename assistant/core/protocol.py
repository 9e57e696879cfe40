"""Vocabulary shared by the packages: messages, metadata keys, outcomes, and intents that code refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, get_args

Message = dict[str, Any]
"""An assistant message as channels show it: ``text`` and ``metadata``, optionally ``buttons`` and ``custom``."""

LONGEST_TEXT: Final = 1000
"""Characters that a message may have, in every channel."""

# Keys of a user message's metadata. A message with several questions becomes one sub-message per question.
SUB_MESSAGE = "part"
"""Index of the question within the person's message, from 0; absent on the first."""
HAS_ALARM = "has_alarm"
"""True if the same message reports an alarm; its other questions get only general answers."""
MORE_TO_COME = "more"
"""True if another question of the same message comes after this one."""

INTERPRETATION = "interpretation"
"""Key of Rasa's parse of a message for all that Rasa has no key for, an ``Interpretation`` as a dictionary."""

# Outcomes of an answer. An alarm's intent is "urgent", too, and the topic "out_of_scope".
Outcome = Literal[
    "answered", "not_covered", "clarify", "urgent", "out_of_scope", "handoff", "smalltalk", "error"
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ANSWERED: Final = "answered"
NOT_COVERED: Final = "not_covered"
CLARIFY: Final = "clarify"
URGENT: Final = "urgent"
OUT_OF_SCOPE: Final = "out_of_scope"
HANDOFF: Final = "handoff"
SMALLTALK: Final = "smalltalk"
ERROR: Final = "error"

# Intents that code refers to by name; all others exist only in data.
UNCLEAR_SYMPTOM = "unclear_symptom"
"""Intent of a symptom that may be an alarm: the person is asked whether it gets worse."""
FALLBACK = "nlu_fallback"
HUMAN = "human"
TIMELINE = "timeline"
ASK_DATE = "ask_date"
WEIGH_EVENT = "weigh_event"
SYMPTOM_REPORT = "symptom_report"
CANDIDATE_CHECK = "candidate_check"
CHECK_REPLY = "check_reply"
GOODBYE = "goodbye"

# Topics that code refers to by name; what else a topic is, data/topics.yml says.
DOWNTIME = "downtime"
"""About everything that can be seen or felt; the others are about what the message names."""
PAIN = "pain"
"""About the session itself; people who have been treated also use it to report what they feel."""
PREPARATION = "preparation"
"""Asks for a plan, not "may I?"; not a subject of its own if something is named."""
PREP_MEDICATION = "prep_medication"
RESULTS_DURATION = "results_duration"
SESSION_INTERVAL = "session_interval"
PATCH_TEST = "patch_test"
PREP_SKINCARE = "prep_skincare"
WHO_SHOULD_AVOID = "who_should_avoid"
AFTER_NOT_COVERED = "after_not_covered"
AFTER_PAIN_RELIEF = "after_pain_relief"
AFTER_TOUCHING = "after_touching"

REMARK: Final = "remark"
"""Entity of what is said about nothing: an insult, or a fact about oneself."""
PERSONAL: Final = "personal"
"""Its value for a fact about oneself ("i have twins"), which no term of the lexicon has."""
MEDICAL: Final = "medical"
"""The same for a fact that may matter for a treatment ("i have lupus")."""

ACKNOWLEDGE: Final = "acknowledge"
"""Intent of "ok" and similar replies."""
SMALL_TALK = frozenset({"greet", "goodbye", "thanks"})

FOLLOW_UP_SOURCE = "follow_up_source"
FOLLOW_UP_MORE = "follow_up_more"
FOLLOW_UP_WHY = "follow_up_why"
FOLLOW_UP_SURE = "follow_up_sure"
FOLLOW_UPS = (FOLLOW_UP_SOURCE, FOLLOW_UP_MORE, FOLLOW_UP_WHY, FOLLOW_UP_SURE)
"""Questions about the previous answer, which are not topics."""
NONE_OF_THESE = "none_of_these"
"""Intent of the button that declines all offered choices."""
FOLLOW_UP_REPLIES = (*FOLLOW_UPS, NONE_OF_THESE)
"""Intents whose answer belongs to the topic of the previous answer."""
START_OVER = "utter_start_over"
"""Response to "restart": an open check is forgotten, and no answer before it is followed up."""
UNRELATED = "unrelated"
"""Topic of a follow-up example that is unrelated to the previous answer."""
PERSONAL_FACT = "personal_fact"
"""Topic of a follow-up example that states a fact about the person and asks nothing."""
FOLLOW_UP_GROUP = "follow_up"
"""Group of these intents, which names their files."""

CLINIC = "clinic"
"""Id of the source for the clinic's own instructions, and of the citation of its answers."""
_INSTRUCTION = "clinic_"


def instruction(rule: str) -> str:
    """Return the name under which texts cite a rule of the clinic."""
    return f"{_INSTRUCTION}{rule}"


def is_clinics(name: str) -> bool:
    """Return whether a citation names the clinic, and no fact."""
    return name == CLINIC or name.startswith(_INSTRUCTION)


SUBSTANTIAL_OUTCOMES = frozenset({ANSWERED, NOT_COVERED, URGENT})
"""Outcomes of answers that a follow-up can refer to."""

WITH_STANDING_DISCLAIMER = frozenset({"website"})
"""Channels that show the disclaimer all the time, so that no answer repeats it."""


@dataclass(frozen=True)
class Interpretation:
    """Interpretation of a message, apart from its intent and entities."""

    asked: str = ""
    """The question in a form that is understandable without context."""
    follows: str | None = None
    """Topic of the previous answer that the message was interpreted with."""
    closest_facts: tuple[str, ...] = ()
    """Ids of the facts closest to a question that was not understood."""
    moments: tuple[Mapping[str, Any], ...] | None = None
    """Moments in the message, as ``core.treatment_date.write_moments`` serializes them; ``None``: not searched."""
    alarm_probability: float = 0.0
    """By the alarm classifier alone."""
    questions: tuple[Mapping[str, Any], ...] = ()
    """Parses of the questions of a message that has several."""

    @classmethod
    def of(cls, parsed: Mapping[str, Any]) -> Interpretation:
        """Return the interpretation in a parse; an empty one for a parse that did not pass through the pipeline."""
        given = parsed.get(INTERPRETATION) or {}
        known: Any = {each.name: given[each.name] for each in fields(cls) if each.name in given}
        for name in known.keys() & {"closest_facts", "questions", "moments"}:
            known[name] = None if known[name] is None else tuple(known[name])
        return cls(**known)

    def as_dict(self) -> dict[str, Any]:
        """Return the value of ``INTERPRETATION`` in a parse."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()
        }
