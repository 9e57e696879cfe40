"""Matches alarm patterns and discards negated, resolved, mild and hypothetical ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from assistant.core.content.alarms import BEFORE_SESSION, EXACT, GAP, REGEX, Alarm
from assistant.core.protocol import URGENT
from assistant.nlu.treatment_phase import Standing

MAX_GAP = 4
DENIAL_REACH = 7  # words; how far before a match a negation applies to it
MILD_REACH = 4
MILD_REACH_BEHIND = 2
SHORT = 6  # words; in a longer message "a bit" may refer to anything

_DENIALS = frozenset(
    {"no", "not", "n't", "nt", "without", "never", "none", "nor", "neither", "zero", "isnt", "dont", "nothing", "nowt"}
)  # fmt: skip
_MILD = frozenset(
    {"bit", "abit", "slight", "slightly", "little", "lil", "mild", "mildly", "tad", "touch", "tiny", "faint"}
)
_SLIGHT = frozenset({"bit", "abit", "slight", "slightly", "mild", "mildly"})
_GRAVE = frozenset(
    {"shut", "close", "closed", "open", "slit", "huge", "badly", "really", "very", "massively", "massive"}
)
_NEW_CLAUSE = frozenset(
    {"but", "however", "though", "although", "except", "just", "only", ".", "!", "?", ";", "now", "there", "theres",
     "since", "because", "cos", "cause", "its", "it", "my", "i", "im", "ive", "she", "he", "they", "so", "then"}
)  # fmt: skip
# questions about possible events in general, not about present symptoms
_SUPPOSED = re.compile(
    r"\b(what if|in case|(risk|chance|chances|odds|likelihood|signs?|symptoms?) (of|are)"
    r"|(?<!sure )(?<!wonder )(?<!wondering )(?<!n't know )(?<!nt know )(?<!not know )"
    r"if (i|you|it|there|they|someone|my)"
    r"|how (likely|common|often|do i know)|is it possible|should i worry if|when (should|do) i"
    r"|will (i|it|there|my)|would (i|it)"
    r"|(do|does|did) (people|you|it|anyone|everyone|your|the|they|this)(?! (think|reckon))"
    r"|(can|could|might|may) (it|this|you|i|people|one|they|the|microneedling|needling)(?! be (an? )?infect)"
    r"|am i (gonna|going to)|going to|(scared|afraid)(?! (that )?(it'?s|it is|my|i'?ve|i have|this is))"
    r"|worried (i'?ll|about getting)|before (i|the))\b"
)
# the same for patterns that suffice by themselves after a treatment
_ASKED = re.compile(
    r"\b(how (long|painful|sore|bad|much|badly|(can|would|will) i)|(will|would|does|do|can|could|might) (the|this|my)"
    r"|(?<!sure )(?<!wonder )(?<!wondering )(?<!n't know )(?<!nt know )(?<!not know )if (its|it's|the)"
    r"|is (it|this|the pain|microneedling|needling) (\w+ ){0,2}(agony|painful|unbearable|torture)"
    r"|is the pain (\w+ ){0,2}(bad|terrible|awful|severe|strong)"
    r"|(i|i've|ive) (heard|read)|(people|they|everyone|everybody|some|articles?) says?"
    r"|(avoid|prevent|prevents|stop|against|protect) (\w+ ){0,5}infect(ed|ions?))\b"
)
_NOW = (
    r"now|today|this morning|tonight|since|there'?s|coming (out|from|off)|woke"
    r"|i'?m (getting|having|running|shaking)"
    r"|has (gone|become|started|been)|have (gone|become|started)"
    r"|is (hot|red|getting|leaking|swollen)|yesterday|after \d"
)
_PRESENT_NOW = re.compile(rf"\b({_NOW})\b")
_PRESENT = re.compile(
    r"\b(my (face|skin|cheeks?|eyes?|eyelids?|lids?|forehead|chin|nose|jaw|neck|throat|lips?|temperature|temp)"
    rf"|i have|i've|ive|i feel|feeling|started|got|day \d|{_NOW})\b"
)
# pain during an earlier session, or during the session itself
_ANOTHER_TIME = re.compile(
    r"\b(?:(?:last|first|previous|other|second) (?:time|session|one|go|year|summer|winter|spring|autumn|month)"
    r"|(?:years?|months?|ages) (?:ago|back)|back then|when (?:they|she|he|you) (?:did|were|was|went)"
    r"|(?:during|while) (?:it|the|they|she|he|having|getting))\b"
)
_SETTLED = re.compile(
    r"\b(?:its?|it's|it is|they're|theyre|they are|that's|thats|im|i'm|all|is|are) (?:all |completely |totally |much )?"
    r"(?:gone|fine|ok|okay|better|good|normal|over)\b(?!.*\b(?:worse|again|still|back|but)\b)"
)
_WAS = frozenset({"was", "were", "had", "felt", "been"})
WAS_REACH = 4
# expressions for a symptom that has resolved, and those that contradict it
_OVER = re.compile(
    r"\b(?:(?:went|gone|came|come|settled|calmed|died) (?:right |straight |all |back |mostly )?(?:down|away|off)"
    r"|(?:was|is|were|are|has|have|had|all|its|it's|nearly|almost|completely) (?:all |nearly |almost |completely )?gone"
    r"|cleared up|healed|subsided|disappeared|back to normal)\b"
)
_NOT_OVER = re.compile(
    r"\b(?:not|no|never|n't|\w+n't|nt|hasnt|havent|isnt|wont|didnt|doesnt|dont|hardly|but|again|still|worse|another"
    r"|new|now|since|until|till|if|when|except|though|although|however|yet|return\w*|came back|come back|back up)\b"
)


@dataclass(frozen=True)
class Sign:
    """One alarm pattern found in a message."""

    alarm: str
    level: str
    sure: bool
    after: str | None = None
    shown_before: bool = False
    certain: bool = False
    """The wording suffices, whatever the classifier's probability."""


@dataclass(frozen=True)
class Signs:
    """Result of matching the alarm patterns against a message."""

    found: tuple[Sign, ...] = ()
    denied: bool = False
    """A match is negated ("no fever") or resolved."""
    asked: bool = False
    """The message asks about a possible symptom ("will my face be swollen")."""
    mild: bool = False
    """The message calls the symptom mild ("it hurts a bit")."""

    @property
    def sure(self) -> bool:
        return any(sign.sure for sign in self.found)

    @property
    def emergency(self) -> bool:
        return any(sign.level == "emergency" for sign in self.found)

    @property
    def certain(self) -> bool:
        return any(sign.certain for sign in self.found)

    @property
    def exact(self) -> bool:
        """Return whether the wording is specific: few ordinary questions contain it."""
        return self.sure or any(sign.after for sign in self.found)

    @property
    def depend(self) -> bool:
        """Return whether the result depends on the time since the treatment."""
        return any(sign.after or sign.shown_before for sign in self.found)

    def within(self, whole: Signs) -> Signs:
        """Restrict the matches of a segment to those of the whole message, if that has negated or resolved ones.

        A segment alone lacks the context: "it was awful | when they did it".
        """
        if not whole.denied:
            return self
        heard = {sign.alarm for sign in whole.found}
        return replace(self, found=tuple(sign for sign in self.found if sign.alarm in heard), denied=True)

    def seen_by(self, standing: Standing) -> Signs:
        """Reinterpret the matches for a person before or after a treatment."""
        seen = (_seen(sign, standing, asked=self.asked) for sign in self.found)
        explained = standing == "long_ago" and any(sign.after == "only" for sign in self.found)
        return replace(
            self, found=tuple(sign for sign in seen if sign is not None), denied=self.denied or explained
        )

    def level(self, standing: Standing) -> str:
        """Return the alarm level for a person before or after a treatment; the most severe match decides."""
        if self.emergency:
            return "emergency"
        waits = bool(self.found) and all(sign.shown_before for sign in self.found)
        return BEFORE_SESSION if waits and standing == "booked" else URGENT


def _seen(sign: Sign, standing: Standing, *, asked: bool) -> Sign | None:
    if standing == "treated" and sign.after and not asked:
        return replace(sign, sure=True, certain=True)
    if sign.after != "only":
        return None if asked and standing == "booked" and sign.shown_before else sign
    return replace(sign, certain=True) if standing == "booked" and sign.shown_before and not asked else None


@dataclass(frozen=True)
class _Pattern:
    alarm: str
    matcher: Matcher
    needs: tuple[frozenset[str], ...]
    """Sets that must each share a word with the message; checked first, as matching is a hundred times slower."""


class _Over:
    """Detects resolved symptoms in a message; each position is evaluated once."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._said: dict[int, bool] = {}
        self._settled: dict[int, bool] = {}
        self._another = bool(_ANOTHER_TIME.search(doc.text)) and not _NOT_OVER.search(doc.text)

    def is_another_time(self, span: Span) -> bool:
        """Return whether a symptom is historical: "it was agony last time", "my eyes were puffy but it's gone now"."""
        before = self._doc[max(0, span.start - WAS_REACH) : span.end]
        if {token.lower_ for token in before}.isdisjoint(_WAS):
            return False
        return self._another or self._is_settled_behind(span.end)

    def _is_settled_behind(self, end: int) -> bool:
        if end not in self._settled:
            self._settled[end] = bool(_SETTLED.search(self._doc[end:].text))
        return self._settled[end]

    def is_said_behind(self, end: int) -> bool:
        if end not in self._said:
            after = self._doc[end:].text
            self._said[end] = bool(_OVER.search(after)) and not _NOT_OVER.search(after)
        return self._said[end]


class AlarmPatterns:
    """Alarm patterns over tokens and lemmas of a spaCy doc."""

    def __init__(self, language: Language, alarms: Sequence[Alarm]) -> None:
        self._alarms = {alarm.id: alarm for alarm in alarms}
        self._patterns = [
            _Pattern(alarm.id, _matcher(language, alarm.id, tokens), _needs(tokens))
            for alarm in alarms
            for sign in alarm.signs
            for tokens in _patterns(language, sign)
        ]

    def find(self, doc: Doc) -> Signs:
        """Return matches in the order of ``alarms.yml``, without negated, resolved, mild or hypothetical ones."""
        spans = [span for span in self._spans(doc) if not self._means_something_else(span)]
        standing = [span for span in spans if not _is_negated(span)]
        denied = len(standing) < len(spans)
        mild = len(doc) <= SHORT and not _SLIGHT.isdisjoint(token.lower_ for token in doc)
        if _is_hypothetical(doc.text):
            return Signs(denied=denied, mild=mild)
        over = _Over(doc)
        there = [span for span in standing if not self._is_over(span, over)]
        kept = {span.label_ for span in there if not self._is_mild(span)}
        found = [_sign(alarm) for alarm in self._alarms.values() if alarm.id in kept]
        denied = denied or len(there) < len(standing)
        return Signs(tuple(found), denied=denied, asked=_is_asked(doc.text), mild=mild)

    def _spans(self, doc: Doc) -> list[Span]:
        words = {token.lemma_ for token in doc} | {token.lower_ for token in doc}
        return [
            Span(doc, start, end, label=pattern.alarm)
            for pattern in self._patterns
            if not any(need.isdisjoint(words) for need in pattern.needs)
            for _, start, end in pattern.matcher(doc)
        ]

    def _is_mild(self, span: Span) -> bool:
        return self._alarms[span.label_].mild and _is_mild(span)

    def _is_over(self, span: Span, over: _Over) -> bool:
        """Return whether a symptom has resolved: "my lids were puffy for a day and then it went down".

        Sure patterns never count as resolved: the symptom was severe enough to be seen by a professional.
        """
        if self._alarms[span.label_].sure:
            return False
        return over.is_said_behind(span.end) or over.is_another_time(span)

    def _means_something_else(self, span: Span) -> bool:
        around = span.doc[max(0, span.start - 2) : span.end + 2].text
        return any(expression in around for expression in self._alarms[span.label_].not_)


def _patterns(language: Language, sign: str) -> list[list[dict[str, object]]]:
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


def _is_negated(span: Span) -> bool:
    for token in reversed(span.doc[max(0, span.start - DENIAL_REACH) : span.start]):
        if token.lower_ in _DENIALS:
            return True
        if token.lower_ in _NEW_CLAUSE:
            return False
    return False


def _is_mild(span: Span) -> bool:
    around = span.doc[max(0, span.start - MILD_REACH) : span.end + MILD_REACH_BEHIND]
    words = {token.lower_ for token in around}
    return bool(words & _MILD) and not words & _GRAVE


def _is_hypothetical(text: str) -> bool:
    return bool(_SUPPOSED.search(text)) and not _PRESENT.search(text)


def _is_asked(text: str) -> bool:
    return bool(_SUPPOSED.search(text) or _ASKED.search(text)) and not _PRESENT_NOW.search(text)


def _sign(alarm: Alarm) -> Sign:
    return Sign(alarm.id, alarm.level, alarm.sure, alarm.after, alarm.shown_before, alarm.certain)
