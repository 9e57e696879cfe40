"""Matches alarm signs and discards modified and mild ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, product

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from assistant.core.content.alarms import BEFORE_SESSION, EXACT, GAP, REGEX, Alarm, AlarmModifiers
from assistant.core.protocol import URGENT
from assistant.core.treatment_date.phase import Phase
from assistant.nlu.text.alarm_modifiers import ModifierFinder, ModifiersOfMessage

MAX_GAP = 4


@dataclass(frozen=True)
class Signs:
    """Result of matching the alarm signs against a message."""

    found: tuple[Alarm, ...] = ()
    """Their alarms, in the order of ``alarms.yml``."""
    modified: frozenset[str] = frozenset()
    """Kinds of modifiers by which matches are no alarms: negated, hypothetical, historical, experiencer."""
    asked: bool = False
    """The message asks about a possible symptom ("will my face be swollen")."""
    mild: bool = False
    """The message calls the symptom mild ("it hurts a bit")."""
    eased: bool = False
    """The message says that something becomes less ("day 1 was redder")."""
    small: bool = False
    """The same in a message of any length, where it may be said of anything."""
    unusual: bool = False
    """The message says that a symptom stays, returns, is new or is in one place only."""
    unconfirmed: bool = False
    """All matches are signs only after a treatment, and none is known."""

    @property
    def denied(self) -> bool:
        """Return whether a match is negated, over or hearsay."""
        return bool(self.modified - {"hypothetical"})

    @property
    def is_weakened(self) -> bool:
        """Return whether the words speak against an alarm that no sign indicates."""
        return self.asked or self.mild or self.eased or "hypothetical" in self.modified

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
        found = tuple(alarm for alarm in self.found if alarm.id in there)
        return replace(self, found=found, modified=whole.modified)

    def in_phase(self, phase: Phase) -> Signs:
        """Reinterpret the matches for a person before or after a treatment."""
        kept = tuple(filter(None, (_in_phase(alarm, phase, asked=self.asked) for alarm in self.found)))
        explained = phase == "long_ago" and any(alarm.after == "only" for alarm in self.found)
        modified = self.modified | ({"historical"} if explained else set())
        return replace(self, found=kept, modified=modified, unconfirmed=bool(self.found) and not kept)

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


class AlarmPatterns:
    """Alarm patterns over tokens and lemmas of a spaCy doc."""

    def __init__(self, language: Language, alarms: Sequence[Alarm], modifiers: AlarmModifiers) -> None:
        self._alarms = {alarm.id: alarm for alarm in alarms}
        self._modifiers = ModifierFinder(language, modifiers)
        self._patterns = [
            _Pattern(alarm.id, _matcher(language, alarm.id, tokens), _needs(tokens))
            for alarm in alarms
            for sign in alarm.signs
            for tokens in _token_patterns(language, sign)
        ]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._always = [number for number, pattern in enumerate(self._patterns) if not pattern.needs]
        for number, pattern in enumerate(self._patterns):
            for word in min(pattern.needs, key=len, default=()):
                self._by_word[word].append(number)

    def find(self, doc: Doc) -> Signs:
        """Return matches in the order of ``alarms.yml``, without modified and mild ones."""
        spans = [span for span in self._spans(doc) if not self._means_something_else(span)]
        modifiers = self._modifiers.find(doc)
        kinds = [modifiers.of(span, sure=self._alarms[span.label_].sure) for span in spans]
        present = [span for span, kind in zip(spans, kinds) if not kind]
        kept = {span.label_ for span in present if not self._is_mild(span, modifiers)}
        return Signs(
            tuple(alarm for alarm in self._alarms.values() if alarm.id in kept),
            modified=frozenset(kind for each in kinds for kind in each),
            asked=modifiers.is_asked,
            mild=modifiers.is_mild,
            eased=modifiers.is_eased,
            small=modifiers.is_small,
            unusual=modifiers.is_unusual,
        )

    def _spans(self, doc: Doc) -> list[Span]:
        words = {token.lemma_ for token in doc} | {token.lower_ for token in doc}
        named = (self._by_word[word] for word in words if word in self._by_word)
        return [
            Span(doc, start, end, label=pattern.alarm)
            for pattern in map(
                self._patterns.__getitem__, sorted({*self._always, *chain.from_iterable(named)})
            )
            if not any(need.isdisjoint(words) for need in pattern.needs)
            for _, start, end in pattern.matcher(doc)
        ]

    def _is_mild(self, span: Span, modifiers: ModifiersOfMessage) -> bool:
        return self._alarms[span.label_].mild and modifiers.is_mild_sign(span)

    def _means_something_else(self, span: Span) -> bool:
        around = span.doc[max(0, span.start - 2) : span.end + 2].text
        return any(expression in around for expression in self._alarms[span.label_].not_)


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
