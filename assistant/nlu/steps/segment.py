"""Step: cuts a message into segments, each with a question of its own.

A candidate boundary needs less evidence if the segments before and after it have different topics. It needs more if
one of them is a mere statement, which then belongs to the other one's question, and if another candidate is likely:
most messages with several questions have two. A reported alarm always gets its own answer, so that a question next to
it begins on the least evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from scipy.special import expit
from spacy.tokens import Doc

from assistant.nlu.classifiers.follow_ups import Topics
from assistant.nlu.classifiers.linear import Vectors
from assistant.nlu.en.speech_acts import CONJUNCTIONS, FILLERS, SENTENCE_ENDINGS, SpeechActs
from assistant.nlu.settings import SegmentSettings
from assistant.nlu.state import Resources, Segment, State

Span = tuple[int, int]
"""Token indices: the first, and the one after the last."""

MAX_CANDIDATES = 4
MIN_STATEMENT = 3  # words; "price" is a question, though without the form of one
EPSILON = 1e-6  # lower bound of the probability that two distributions agree
_LEADING = CONJUNCTIONS | SENTENCE_ENDINGS | FILLERS | {"or", ")"}
_TRAILING = (CONJUNCTIONS | SENTENCE_ENDINGS | {")"}) - {"?", "??", "?!"}


@dataclass(frozen=True)
class Piece:
    """A span between two candidates, as far as boundaries depend on it."""

    topics: Topics
    is_statement: bool = False
    is_alarm: bool = False


def segment(state: State, resources: Resources) -> State:
    """Read the pieces between likely boundaries, and add the segments as parts if there are several."""
    settings, alarms = resources.settings.segment, resources.settings.detect_alarms
    if settings is None or state.boundaries is None or state.whole.text.startswith("/"):
        return state
    likely = alarms.likely if alarms is not None else 1.0
    doc, read = state.whole.analysis.doc, _Parts(state.whole, resources)

    def piece(span: Span) -> Piece:
        words, reading = doc[slice(*span)], read.part(span).reading
        tells = len(words) >= MIN_STATEMENT and not SpeechActs(words).asks()
        return Piece(reading.topics, tells, reading.alarm_probability > likely)

    alarming = state.whole.reading.alarm_probability > likely
    spans = choose_segments(state.boundaries, piece, settings, alarming=alarming)
    questions = list(_with_content(doc, spans))
    return replace(state, parts=tuple(map(read.part, questions))) if len(questions) > 1 else state


class _Parts:
    """Reads each span of a message once."""

    def __init__(self, whole: Segment, resources: Resources) -> None:
        self._whole = whole
        self._reader = resources.reader
        self._read: dict[range, Segment] = {}

    def part(self, span: Span) -> Segment:
        words = _trimmed(self._whole.analysis.doc, span)
        if words not in self._read:
            analysis = self._whole.analysis.part(words)
            self._read[words] = Segment.of(analysis, self._reader.read(analysis.normalized), is_part=True)
        return self._read[words]


def choose_segments(
    log_odds: Vectors, read: Callable[[Span], Piece], settings: SegmentSettings, *, alarming: bool
) -> list[Span]:
    """Return the segments of a message in order; a single span if it has no boundary.

    Args:
        log_odds: log-odds of a boundary before each word but the first, [words - 1].
        read: reads a span.
        alarming: the message may be an alarm, so that less likely candidates are considered as well.
    """
    end = len(log_odds) + 1
    possible = settings.candidate_threshold - (settings.alarm_bonus if alarming else 0.0)
    likely = [at for at in range(1, end) if log_odds[at - 1] > possible]
    candidates = sorted(sorted(likely, key=lambda at: -log_odds[at - 1])[:MAX_CANDIDATES])
    if not candidates:
        return [(0, end)]
    pieces = [read(span) for span in pairwise([0, *candidates, end])]
    odds = [float(log_odds[at - 1]) for at in candidates]
    accepted = [
        at
        for number, at in enumerate(candidates)
        if odds[number]
        + _evidence(pieces[: number + 1], pieces[number + 1 :], settings)
        - settings.competition_penalty * max(map(expit, odds[:number] + odds[number + 1 :]), default=0.0)
        > settings.accept_threshold
    ]
    return list(pairwise([0, *accepted, end]))


def _evidence(before: Sequence[Piece], after: Sequence[Piece], settings: SegmentSettings) -> float:
    last, following = before[-1], after[0]
    evidence = settings.topic_difference * difference(last.topics, following.topics)
    reported = any(piece.is_alarm for piece in before)
    asked_after_alarm = reported and not following.is_statement and not following.is_alarm
    asked_before = not all(piece.is_statement or piece.is_alarm for piece in before)
    if asked_after_alarm or (following.is_alarm and asked_before):
        return evidence + settings.alarm_bonus
    return evidence - settings.statement_penalty * (last.is_statement + following.is_statement)


def difference(one: Topics, other: Topics) -> float:
    """Return the negative log-probability that both distributions mean the same topic, from 0 to 14."""
    return -log(sum(share * other.get(topic, 0.0) for topic, share in one.items()) + EPSILON)


def _with_content(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans, with those without a content word merged into the previous one: "what can i expect and when"."""
    start, end = spans[0]
    for following, last in spans[1:]:
        words = _trimmed(doc, (following, last))
        if len(words) > 1 or not SpeechActs([doc[number] for number in words]).has_no_content_word():
            yield start, end
            start = following
        end = last
    yield start, end


def _trimmed(doc: Doc, span: Span) -> range:
    """Return the token indices of a span without conjunctions and fillers at its ends."""
    start, end = span
    while end - start > 1 and doc[end - 1].lower_ in _TRAILING:
        end -= 1
    # "ok to exfoliate" is a question, "ok" in "ok does it hurt" is a filler
    while end - start > 1 and doc[start].lower_ in _LEADING and doc[start + 1].lower_ != "to":
        start += 1
    return range(start, end)
