"""The person's treatment date after a message, and the intent that follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from assistant.core.protocol import (
    FALLBACK,
    HUMAN,
    OUT_OF_SCOPE,
    PATCH_TEST,
    RESULTS_DURATION,
    SESSION_INTERVAL,
    SYMPTOM_REPORT,
    TIMELINE,
    UNCLEAR_SYMPTOM,
    WEIGH_EVENT,
    WHO_SHOULD_AVOID,
)
from assistant.core.timex.types import Ambiguous, Moment
from assistant.core.treatment_date import en
from assistant.core.treatment_date.corrections import is_correction
from assistant.core.treatment_date.mentions import find_moments, says_only_a_time
from assistant.core.treatment_date.phase import says_only_a_treatment
from assistant.core.treatment_date.relations import event_of
from assistant.core.treatment_date.session_days import time_asked
from assistant.core.treatment_date.treatment import (
    Side,
    Treatment,
    is_another,
    supposed_treatment,
    update_treatment,
)

AFTER_NOT_COVERED: Final = "after_not_covered"
"""Intent of "is a session on the 12th too late for the wedding on the 20th?"."""

_LIKELY: Final = 5
"""Number of the likeliest topics of which one may fit a named thing."""
UNSURE: Final = frozenset({FALLBACK, OUT_OF_SCOPE})
_NOT_THEIRS = frozenset({HUMAN, OUT_OF_SCOPE})
"""Intents under which a date is the clinic's, or nobody's."""
_SYMPTOMS = ("redness", "swelling_bruising", "peeling", SYMPTOM_REPORT)
_HAS_BEEN = frozenset(
    {*_SYMPTOMS, UNCLEAR_SYMPTOM, "downtime", "results_when", SESSION_INTERVAL, "side_effects"}
)
"""Topics, besides those that begin with after_, about which people ask once they have been treated."""
_IS_TO_COME = frozenset({"preparation", PATCH_TEST})
_IS_BOOKED = re.compile(
    r"\b(?:i have|ive got|i've got|having|booked|coming|upcoming|getting|will be|going|appointment|due|scheduled)\b"
)
"""Matches a future treatment, whatever is asked about it."""
_NORMAL = re.compile(
    r"\b(?:normal|usual|ok|okay|right|supposed|meant|expected|too long|still|bad|worry|worried|wrong)\b|\?"
)
_TIMED = ("after_", "prep_")  # "may I wear make-up at the wedding?" asks about make-up
_OF_SKIN = frozenset({*_SYMPTOMS, "downtime", "side_effects"})
"""Topics under which a product is only mentioned: "will make-up hide it at the wedding?"."""
_OF_RESULTS = frozenset({SESSION_INTERVAL, RESULTS_DURATION, "results_when"})
"""Topics about sessions and their results, not about what can be seen: "does it last until christmas?"."""
_MAY_I = re.compile(
    r"\b(?:can|could|may|might|should|shall|must|do) (?:i|we)\b|\ballowed\b"
    r"|\b(?:is|are) (?:it|this|that|they) (?:ok|okay|fine|safe|alright)\b"
    r"|\b(?:ok|okay|fine|safe|alright) to\b|\ba problem\b"
)
"""Asks for permission or advice."""
_ASKS_OPENLY = re.compile(r"\b(?:what|which|when|how|why|where)\b")
_OVERVIEW = re.compile(r"\b(?:time ?line|calendar|schedule|plan|remind\w*|overview)\b")
"""Asks for the whole timeline, whatever it names."""
_NEEDLED = re.compile(
    r"\b(?:micro ?-?needl\w*|needled|needling|derma ?-?(?:pen|roll|stamp)\w*|skin ?pen\w*|roller on my|rolled my)\b"
)
"""Names the person's own treatment."""
_WILL_BE = re.compile(r"\b(?:will|wont|won't|gonna|going to be)\b")
"""Asks what may come, so that the session may be ahead whatever the topic."""
_ANOTHER = re.compile(
    r"\b(?:(?<!had )again|once more|offer(?:ed|ing|s)? (?:me|us)|one more (?:time|session|go|round)|repeat it"
    r"|another (?:one|session|go|round|treatment|sitting)|an? (?:opening|slot|cancellation)"
    r"|wants? us (?:both )?to (?:go|have|get|book)|go together|go with (?:her|him|them)"
    r"|(?:second|2nd|third|3rd|next) (?:one|session|go|round|hit|treatment|sitting|appointment|time)"
    r"|(?:can|could|should|is) (?:the|my) (?:second|third|next) (?:be|happen|on))\b"
)
"""Considers one more session, unless it has been."""
_HAD_AGAIN = re.compile(
    r"\b(?:had|got|did|was|went) (?:\w+ ){0,3}(?:again|another|second|2nd|third|3rd|next)\b"
)


@dataclass(frozen=True)
class Utterance:
    """A message as interpreted by the preceding components."""

    text: str
    intent: str
    ranking: Sequence[str]
    """Intents, the most probable first."""
    entities: Mapping[str, frozenset[str]]
    """Values by entity."""

    @property
    def is_alarm(self) -> bool:
        """Return whether the message is an alarm, which takes precedence over everything else."""
        return bool(self.entities.get("alarm"))


@dataclass(frozen=True)
class TreatmentUpdate:
    """Changes that follow from a message; ``None`` for no change."""

    treatment: Treatment | None = None
    intent: str | None = None


def interpret(
    said: Utterance, before: Treatment, asked: Side | None, now: datetime, occasions: frozenset[str]
) -> TreatmentUpdate:
    """Return the treatment after a message, and its intent if the classifier could not decide.

    Args:
        said: the message.
        before: the treatment known so far.
        asked: whether a past or a future date was asked for, if one was.
        now: time of the message, in the person's zone.
        occasions: activities that count as events.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    if asked is None and not said.is_alarm and time_asked(said.text, before, now) is not None:
        return TreatmentUpdate(None, TIMELINE)  # of the question before, for that time
    said = _of_their_treatment(said, occasions)
    treatment = _treatment(said, before, asked, now)
    known = treatment or before
    if said.is_alarm:
        return TreatmentUpdate(treatment)
    if _weighs_event(said, before, now, occasions):
        # "can the second be on the 12th, before christmas"
        is_gap = _considers_another(said, known, occasions)
        return TreatmentUpdate(treatment, SESSION_INTERVAL if is_gap else WEIGH_EVENT)
    return TreatmentUpdate(treatment, _question(said, treatment, known, now, occasions))


def _of_their_treatment(said: Utterance, occasions: frozenset[str]) -> Utterance:
    """Return what seemed foreign as not understood if it is about something after or before needling."""
    things = said.entities.get("product") or said.entities.get("activity", frozenset()) - occasions
    is_theirs = said.intent == OUT_OF_SCOPE and things and _NEEDLED.search(said.text.lower())
    return replace(said, intent=FALLBACK) if is_theirs else said


def _treatment(said: Utterance, before: Treatment, asked: Side | None, now: datetime) -> Treatment | None:
    unsure = said.intent in UNSURE or said.intent == TIMELINE
    if not unsure and not says_only_a_time(said.text, now):
        asked = None  # "lactic acid tonight?" does not answer the request for the date
    after = update_treatment(said.text, now, before, asked)
    if after is None and not before.is_known and (unsure or said.intent.startswith(_TIMED)):
        after = supposed_treatment(said.text, now)
    side = _settling_side(said, after or before, now)
    if after is None or not _counts(said, after, before, asked, now):
        settled = _settled(before, side, now)
        return settled if settled != before else None
    return _settled(after, side, now)


def _settling_side(said: Utterance, known: Treatment, now: datetime) -> Literal["past", "future"] | None:
    """Return the side of a treatment in doubt by the topic; the past only if something else speaks for it, too.

    "Can i take ibuprofen on sunday" is asked before a session on thursday as well as after it.
    """
    text = said.text.lower()
    if en.BEFORE_A_SESSION.search(text):
        return "future"
    if _IS_BOOKED.search(text) or _WILL_BE.search(text):
        return None
    side = _side(said.intent)
    is_seen = said.intent in _HAS_BEEN and en.IS_SEEN.search(text)
    return side if side == "future" or is_seen or _comes_first(said.text, known, now) else None


def _comes_first(text: str, treatment: Treatment, now: datetime) -> bool:
    """Return whether all that a message dates comes before each possible session that is still to come."""
    choices = treatment.doubt.choices if treatment.doubt else ()
    coming = [choice.earliest for choice in choices if choice.at > now]
    events = [each.found for each in find_moments(text, now) if each.role == "event"]
    if not coming or not events:
        return False
    return all(isinstance(event, Moment) and event.latest < min(coming) for event in events)


def _side(intent: str) -> Literal["past", "future"] | None:
    if intent.startswith("after_") or intent in _HAS_BEEN:
        return "past"
    return "future" if intent.startswith("prep_") or intent in _IS_TO_COME else None


def _settled(treatment: Treatment, side: Literal["past", "future"] | None, now: datetime) -> Treatment:
    """Drop the choices that contradict the topic: nobody asks about ice before a session."""
    doubt = treatment.doubt
    if side is None or not isinstance(doubt, Ambiguous):
        return treatment
    left = tuple(choice for choice in doubt.choices if (choice.at <= now) == (side == "past"))
    if len(left) == 1:
        return Treatment(left[0])
    return Treatment(treatment.moment, replace(doubt, choices=left)) if left else treatment


def _counts(said: Utterance, after: Treatment, before: Treatment, asked: Side | None, now: datetime) -> bool:
    if asked or is_correction(said.text) or after == Treatment():
        return True
    return said.intent not in _NOT_THEIRS and not is_another(after, before, now, said.text)


def _weighs_event(said: Utterance, before: Treatment, now: datetime, occasions: frozenset[str]) -> bool:
    activities = said.entities.get("activity", frozenset())
    if said.intent.startswith(_TIMED) or said.intent in _OF_RESULTS or activities.isdisjoint(occasions):
        return False
    if said.intent == UNCLEAR_SYMPTOM:
        return False  # what is seen comes before the day that it is seen on
    names_more = said.entities.get("product") or activities - occasions
    if names_more and (said.intent not in _OF_SKIN or _MAY_I.search(said.text.lower())):
        return False  # asks about what it names, whatever the occasion
    return event_of(find_moments(said.text, now), now, before.moment) is not None


def _question(
    said: Utterance, treatment: Treatment | None, known: Treatment, now: datetime, occasions: frozenset[str]
) -> str | None:
    """Return the intent that replaces the message's own, or None."""
    if treatment == Treatment():
        return TIMELINE
    open_question = said.intent in UNSURE or said.intent == TIMELINE
    if open_question and (known.moment or known.doubt):
        if asks_for_another(said.text, now) or _considers_another(said, known, occasions):
            return SESSION_INTERVAL
        subject = _subject(said, known, occasions, now)
        if subject and (treatment or said.intent == FALLBACK):
            return subject
    if treatment is None:
        return None
    if is_correction(said.text):
        return TIMELINE
    only_dated = says_only_a_time(said.text, now) or says_only_a_treatment(said.text)
    return TIMELINE if said.intent in UNSURE or only_dated else None


def _subject(said: Utterance, known: Treatment, occasions: frozenset[str], now: datetime) -> str | None:
    """Return the topic of the product, symptom or activity in a message with an open intent.

    A question for permission that names nothing known is about something that no source covers.
    """
    named = said.entities.get("product")
    is_treated = known.moment is not None and known.moment.at <= now
    is_reported = _NORMAL.search(said.text.lower()) or (said.intent == FALLBACK and is_treated)
    if said.entities.get("symptom") and not named and is_reported:
        return next((topic for topic in said.ranking if topic in _SYMPTOMS), SYMPTOM_REPORT)
    activities = said.entities.get("activity", frozenset()) - occasions
    if (named or activities) and (said.intent == FALLBACK or _asks_about_them(said.text, now)):
        timed = [topic for topic in said.ranking[:_LIKELY] if topic.startswith(_TIMED)]
        return timed[0] if timed else AFTER_NOT_COVERED
    if said.entities.get("condition") and not named and _asks_about_them(said.text, now):
        return WHO_SHOULD_AVOID
    if said.intent == FALLBACK and _asks_for_permission(said.text):
        likeliest = next((topic for topic in said.ranking if topic != FALLBACK), "")
        return likeliest if likeliest.startswith("after_") else AFTER_NOT_COVERED
    return None


def _asks_for_permission(text: str) -> bool:
    """Return whether a message asks for a yes or no: "may i lie on my side", but not "what should i do"."""
    return _MAY_I.search(text.lower()) is not None and not _ASKS_OPENLY.search(text.lower())


def _asks_about_them(text: str, now: datetime) -> bool:
    """Return whether a message with a date asks about what it names, or dates it: "done today 2pm, toner tomorrow"."""
    if _OVERVIEW.search(text.lower()):
        return False
    asks = "?" in text or _MAY_I.search(text.lower()) is not None
    return asks or any(mention.role == "event" for mention in find_moments(text, now))


def _considers_another(said: Utterance, known: Treatment, occasions: frozenset[str]) -> bool:
    """Return whether somebody with a session asks for one more, and for nothing else: "rolled sunday. once more?"."""
    things = said.entities.get("activity", frozenset()) - occasions
    text = said.text.lower()
    names_more = said.entities.get("product") or said.entities.get("symptom") or things
    if names_more or _HAD_AGAIN.search(text) or en.THING_AGAIN.search(text):
        return False
    is_dated = known.moment is not None or (known.doubt is not None and known.doubt.choices)
    return bool(is_dated) and _ANOTHER.search(text) is not None


def asks_for_another(text: str, now: datetime) -> bool:
    """Return whether a message reports one treatment and considers another: "again tomorrow?"."""
    roles = {(mention.role, mention.asked) for mention in find_moments(text, now)}
    has_been = ("treatment_past", False) in roles
    return has_been and bool({("treatment_future", True), ("treatment_future", False)} & roles)
