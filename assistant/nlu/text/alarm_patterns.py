"""Matches alarm signs and discards negated, resolved, mild and hypothetical ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from assistant.core.content.alarms import BEFORE_SESSION, EXACT, GAP, REGEX, Alarm
from assistant.core.content.yaml_files import read_yaml
from assistant.core.protocol import URGENT
from assistant.core.treatment_date.phase import Phase
from assistant.nlu import en

MAX_GAP = 4
NEGATION_REACH = 7  # words; how far before a match a negation applies to it
MILD_REACH = 4
MILD_REACH_AFTER = 2
PAST_REACH = 4
SHORT = 6  # words; in a longer message "a bit" may refer to anything

_LISTS = read_yaml(Path(en.__file__).with_name("alarm_modifiers.yml"))
_NEGATIONS, _NEW_CLAUSE, _PAST = (frozenset(_LISTS[name]) for name in ("negations", "new_clause", "past"))
_MILD, _SLIGHT, _GRAVE = (frozenset(_LISTS[name]) for name in ("mild", "slight", "grave"))


def _pattern(*names: str) -> re.Pattern[str]:
    alternatives = "|".join(expression for name in names for expression in _LISTS[name])
    return re.compile(rf"\b(?:{alternatives})\b")


_SUPPOSED, _ASKED = _pattern("supposed"), _pattern("supposed", "asked")
_PRESENT, _PRESENT_NOW = _pattern("present", "now"), _pattern("now")
_ANOTHER_TIME, _SETTLED = _pattern("another_time"), _pattern("settled")
_RESOLVED, _UNRESOLVED = _pattern("over"), _pattern("not_over")


@dataclass(frozen=True)
class Signs:
    """Result of matching the alarm signs against a message."""

    found: tuple[Alarm, ...] = ()
    """Their alarms, in the order of ``alarms.yml``."""
    denied: bool = False
    """A match is negated ("no fever") or resolved."""
    asked: bool = False
    """The message asks about a possible symptom ("will my face be swollen")."""
    mild: bool = False
    """The message calls the symptom mild ("it hurts a bit")."""

    @property
    def sure(self) -> bool:
        return any(alarm.sure for alarm in self.found)

    @property
    def certain(self) -> bool:
        return any(alarm.certain for alarm in self.found)

    @property
    def exact(self) -> bool:
        """Return whether the wording is specific: few ordinary questions contain it."""
        return self.sure or any(alarm.after for alarm in self.found)

    @property
    def depend(self) -> bool:
        """Return whether the result depends on the time since the treatment."""
        return any(alarm.after or alarm.shown_before for alarm in self.found)

    def within(self, whole: Signs) -> Signs:
        """Restrict the matches of a segment to those of the whole message, if that has negated or resolved ones.

        A segment alone lacks the context: "it was awful | when they did it".
        """
        if not whole.denied:
            return self
        there = {alarm.id for alarm in whole.found}
        return replace(self, found=tuple(alarm for alarm in self.found if alarm.id in there), denied=True)

    def in_phase(self, phase: Phase) -> Signs:
        """Reinterpret the matches for a person before or after a treatment."""
        kept = (_in_phase(alarm, phase, asked=self.asked) for alarm in self.found)
        explained = phase == "long_ago" and any(alarm.after == "only" for alarm in self.found)
        return replace(self, found=tuple(filter(None, kept)), denied=self.denied or explained)

    def level(self, phase: Phase) -> str:
        """Return the alarm level for a person before or after a treatment; the most severe match decides."""
        if any(alarm.level == "emergency" for alarm in self.found):
            return "emergency"
        waits = bool(self.found) and all(alarm.shown_before for alarm in self.found)
        return BEFORE_SESSION if waits and phase == "booked" else URGENT


def _in_phase(alarm: Alarm, phase: Phase, *, asked: bool) -> Alarm | None:
    if phase == "treated" and alarm.after and not asked:
        return alarm.copy(update={"sure": True, "certain": True})
    shown = phase == "booked" and alarm.shown_before
    if alarm.after != "only":
        return None if asked and shown else alarm
    return alarm.copy(update={"certain": True}) if shown and not asked else None


@dataclass(frozen=True)
class _Pattern:
    alarm: str
    matcher: Matcher
    needs: tuple[frozenset[str], ...]
    """Sets that must each share a word with the message; checked first, as matching is a hundred times slower."""


class _History:
    """Detects resolved and historical symptoms in a message."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        # only the last match counts: what comes before a sign says nothing about it
        patterns = (_RESOLVED, _UNRESOLVED, _SETTLED)
        self._resolved, self._unresolved, self._settled = (_last_start(each, doc.text) for each in patterns)
        self._is_another_time = bool(_ANOTHER_TIME.search(doc.text)) and self._unresolved < 0

    def is_historical(self, span: Span) -> bool:
        """Return whether it was another time: "it was agony last time", "my eyes were puffy but it's gone now"."""
        before = self._doc[max(0, span.start - PAST_REACH) : span.end]
        if {token.lower_ for token in before}.isdisjoint(_PAST):
            return False
        return self._is_another_time or self._settled >= span.end_char

    def is_resolved(self, span: Span) -> bool:
        """Return whether it has resolved: "my lids were puffy for a day and then it went down"."""
        return self._resolved >= span.end_char > self._unresolved


def _last_start(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match begins, which may overlap others; -1 without a match."""
    last, found = -1, pattern.search(text)
    while found:
        last = found.start()
        found = pattern.search(text, last + 1)
    return last


class AlarmPatterns:
    """Alarm patterns over tokens and lemmas of a spaCy doc."""

    def __init__(self, language: Language, alarms: Sequence[Alarm]) -> None:
        self._alarms = {alarm.id: alarm for alarm in alarms}
        self._patterns = [
            _Pattern(alarm.id, _matcher(language, alarm.id, tokens), _needs(tokens))
            for alarm in alarms
            for sign in alarm.signs
            for tokens in _token_patterns(language, sign)
        ]

    def find(self, doc: Doc) -> Signs:
        """Return matches in the order of ``alarms.yml``, without negated, resolved, mild or hypothetical ones."""
        spans = [span for span in self._spans(doc) if not self._means_something_else(span)]
        affirmed = [span for span in spans if not is_negated(span)]
        denied = len(affirmed) < len(spans)
        mild = len(doc) <= SHORT and not _SLIGHT.isdisjoint(token.lower_ for token in doc)
        if is_hypothetical(doc.text):
            return Signs(denied=denied, mild=mild)
        history = _History(doc)
        present = [span for span in affirmed if not self._is_over(span, history)]
        kept = {span.label_ for span in present if not (self._alarms[span.label_].mild and is_mild(span))}
        found = tuple(alarm for alarm in self._alarms.values() if alarm.id in kept)
        return Signs(found, denied or len(present) < len(affirmed), _is_asked(doc.text), mild)

    def _spans(self, doc: Doc) -> list[Span]:
        words = {token.lemma_ for token in doc} | {token.lower_ for token in doc}
        return [
            Span(doc, start, end, label=pattern.alarm)
            for pattern in self._patterns
            if not any(need.isdisjoint(words) for need in pattern.needs)
            for _, start, end in pattern.matcher(doc)
        ]

    def _is_over(self, span: Span, history: _History) -> bool:
        # a sure sign never counts as over: the symptom was severe enough to be seen by a professional
        sure = self._alarms[span.label_].sure
        return not sure and (history.is_resolved(span) or history.is_historical(span))

    def _means_something_else(self, span: Span) -> bool:
        around = span.doc[max(0, span.start - 2) : span.end + 2].text
        return any(expression in around for expression in self._alarms[span.label_].not_)


def is_negated(span: Span) -> bool:
    """Return whether a negation in the same clause precedes the span."""
    for token in reversed(span.doc[max(0, span.start - NEGATION_REACH) : span.start]):
        if token.lower_ in _NEGATIONS:
            return True
        if token.lower_ in _NEW_CLAUSE:
            return False
    return False


def is_mild(span: Span) -> bool:
    """Return whether the words around the span make it mild."""
    around = span.doc[max(0, span.start - MILD_REACH) : span.end + MILD_REACH_AFTER]
    words = {token.lower_ for token in around}
    return bool(words & _MILD) and not words & _GRAVE


def is_hypothetical(text: str) -> bool:
    """Return whether a text is about possible events in general, not about present symptoms."""
    return bool(_SUPPOSED.search(text)) and not _PRESENT.search(text)


def _is_asked(text: str) -> bool:
    return bool(_ASKED.search(text)) and not _PRESENT_NOW.search(text)


def _token_patterns(language: Language, sign: str) -> list[list[dict[str, object]]]:
    """Return matcher patterns of a sign: one per combination if a group mixes words and expressions."""
    choices = [_tokens(language, group) for group in sign.split()]
    return [[token for tokens in chosen for token in tokens] for chosen in product(*choices)]


def _matcher(language: Language, alarm: str, tokens: list[dict[str, object]]) -> Matcher:
    matcher = Matcher(language.vocab)
    matcher.add(alarm, [tokens])
    return matcher


def _needs(tokens: list[dict[str, object]]) -> tuple[frozenset[str], ...]:
    wanted = [token.get("LEMMA") or token.get("LOWER") for token in tokens]
    return tuple(frozenset(each["IN"]) for each in wanted if isinstance(each, dict) and "IN" in each)


def _tokens(language: Language, group: str) -> list[list[dict[str, object]]]:
    if group == GAP:
        return [[{"IS_PUNCT": False, "OP": "?"}] * MAX_GAP]
    if group.startswith(EXACT):
        return [[{"LOWER": {"IN": group[len(EXACT) :].split("|")}}]]
    words, _, expression = group.partition(REGEX)
    choices: list[list[dict[str, object]]] = []
    if expression:
        choices.append([{"LOWER": {"REGEX": f"^(?:{expression})$"}}])
    named = [word for word in words.split("|") if word]
    if named:
        lemmas = {token.lemma_ for doc in language.pipe(named) for token in doc}
        choices.append([{"LEMMA": {"IN": sorted(lemmas | set(named))}}])
    return choices
