"""Speech acts of any span of a message: questions, statements, and fragments that depend on context.

Each predicate takes constant time, from prefix sums: the boundary classifier needs them at every word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from assistant.core.content.yaml_files import read_yaml

Words = Doc | Span | Sequence[Token]

_LISTS = read_yaml(Path(__file__).with_suffix(".yml"))


def word_list(name: str) -> frozenset[str]:
    """Return a word list of speech_acts.yml."""
    return frozenset(_LISTS[name])


QUESTION_WORDS, AUXILIARIES, SUBJECTS = (
    word_list("question_words"),
    word_list("auxiliaries"),
    word_list("subjects"),
)
NEGATIONS, FILLERS, CONJUNCTIONS = word_list("negations"), word_list("fillers"), word_list("conjunctions")
SENTENCE_ENDINGS, ANAPHORA = word_list("sentence_endings"), word_list("anaphora")
FUNCTION_WORDS = (
    word_list("generic")
    | (QUESTION_WORDS - {"who", "whose"})
    | AUXILIARIES
    | SUBJECTS
    | NEGATIONS
    | FILLERS
    | SENTENCE_ENDINGS
)
SILENT = FILLERS | SENTENCE_ENDINGS
"""Words without meaning before a question."""
_TRAILING = CONJUNCTIONS | FILLERS
_OWN, _PERMISSIONS, _STATES, _COPULAS = map(word_list, ("own_subjects", "permissions", "states", "copulas"))
_REPORTS, _PREPOSITIONS, _WISHES, _WISHED = map(word_list, ("reports", "prepositions", "wishes", "wished"))
_ANYONE, _MEASURES, _ASKED_OF, _CONTRACTED = map(word_list, ("anyone", "measures", "asked_of", "contracted"))
_REQUESTS = tuple(tuple(request.split()) for request in _LISTS["requests"])
_ASIDES = frozenset(tuple(aside.split()) for aside in _LISTS["asides"])
_LONGEST_ASIDE = max(map(len, _ASIDES))
_MODALS = frozenset(
    {"can", "could", "should", "may", "will", "would", "shall", "must", "do", "am", "is", "ok", "okay"}
)
_INVERTING = AUXILIARIES - {"do", "did", "have", "has"}
_INVERTED = (SUBJECTS - {"one"}) | {"my", "your"}
_REPORTED = QUESTION_WORDS | {"if", "whether"}
_BRIEF = 5  # words
HEAD = 12
"""Number of words that, with the last two, decide whether a span begins like a question."""


class SpeechActs:
    """Predicates of ``words[start:end]``; by default, of all words."""

    def __init__(self, words: Words) -> None:
        self._words = words
        said = [token.lower_ for token in words]
        self._marked = _counted(words, lambda token: "?" in token.text)
        self._pointing = _counted(
            range(len(said) - 1), lambda at: _points_to_question(said[at], said[at + 1])
        )
        self._index_openings(said)
        self._index_content(said)

    def _index_openings(self, said: list[str]) -> None:
        self._solid = [at for at, word in enumerate(said) if word not in SILENT]
        self._kept = [word for word in said if word not in SENTENCE_ENDINGS]
        self._kept_before = _counted(said, lambda word: word not in SENTENCE_ENDINGS)
        ends = accumulate((0 if word in _TRAILING else n for n, word in enumerate(self._kept, start=1)), max)
        self._last_solid = [0, *ends]

    def _index_content(self, said: list[str]) -> None:
        spoken = [word for word, token in zip(said, self._words) if not token.is_punct]
        self._telling = [word for word in spoken if word not in _COPULAS]
        self._spoken_before = _counted(self._words, lambda token: not token.is_punct)
        self._content = _counted(spoken, lambda word: word not in FUNCTION_WORDS)
        self._telling_before = _counted(spoken, lambda word: word not in _COPULAS)

    def _end(self, end: int | None) -> int:
        return len(self._words) if end is None else end

    def is_question(self, start: int = 0, end: int | None = None) -> bool:
        """Return whether the span begins like a question or a request."""
        end, solid = self._end(end), bisect_left(self._solid, start)
        if solid == len(self._solid) or self._solid[solid] >= end:
            return False
        first = self._kept_before[self._solid[solid]]
        last = max(self._last_solid[self._kept_before[end]], first)
        if last - first > HEAD + 2:
            return _begins_question([*self._kept[first : first + HEAD], *self._kept[last - 2 : last]])
        return _begins_question(self._kept[first:last])

    def contains_question(self, start: int = 0, end: int | None = None) -> bool:
        """Return whether a question begins after the first word: "im on aspirin is that a problem"."""
        end = self._end(end)
        return end - start > 2 and self._pointing[end - 1] > self._pointing[start + 1]

    def asks(self, start: int = 0, end: int | None = None) -> bool:
        """Return whether the span asks something, in any position."""
        return (
            self.is_question(start, end) or self.contains_question(start, end) or self.is_marked(start, end)
        )

    def asks_in_a_clause(self) -> bool:
        """Return whether any clause asks, even one after a comma: "had it done today, what happens next"."""
        breaks = SENTENCE_ENDINGS | {","}
        clauses = (at + 1 for at, token in enumerate(self._words) if token.lower_ in breaks)
        return self.asks() or any(map(self.is_question, clauses))

    def is_statement(self, start: int = 0, end: int | None = None) -> bool:
        """Return whether the span is a statement about the person.

        "my toner and the wash" lists further items, "my skin is red" is a statement.
        """
        words = self._words[start : min(self._end(end), start + HEAD)]
        if len(words) <= 2 or words[0].lower_ not in _OWN:
            return False
        return words[0].lower_ != "my" or not {token.lower_ for token in words[1:5]}.isdisjoint(_STATES)

    def has_no_content_word(self, start: int = 0, end: int | None = None) -> bool:
        """Return whether there is no word for the subject: "for how long", "is that ok"."""
        first, last = self._spoken_before[start], self._spoken_before[self._end(end)]
        if self._content[first] == self._content[last]:
            return True
        telling = self._telling[self._telling_before[first] : self._telling_before[last]]
        return len(telling) <= _LONGEST_ASIDE and tuple(telling) in _ASIDES

    def is_marked(self, start: int = 0, end: int | None = None) -> bool:
        """Return whether the span has a question mark."""
        return self._marked[self._end(end)] > self._marked[start]


def without_fillers(words: Words) -> Words:
    """Return the words from the first that is not a filler."""
    start = next((n for n, token in enumerate(words) if token.lower_ not in SILENT), len(words))
    return words[start:]


def _counted(items: Iterable[object], holds: Callable[..., bool]) -> list[int]:
    """Return prefix sums: for each index, the number of preceding items that satisfy the predicate."""
    return [0, *accumulate(int(holds(item)) for item in items)]


def _begins_question(said: Sequence[str]) -> bool:
    """Return whether lower-case words, without leading fillers and sentence endings, begin a question."""
    if len(said) < 2:
        return False
    if said[0] == "if" and said[1] in {"not", "so", "yes"} and len(said) > 3:
        said = said[2:]
    if len(said) > 2 and said[0] in _PREPOSITIONS and said[1] in QUESTION_WORDS:  # "by when will i"
        said = said[1:]
    return (
        (said[0] in QUESTION_WORDS and not _only_leads_up(said))
        or _ends_asking(said)
        or _asks_permission(said)
        or _is_inverted(said)
        or any(tuple(said[: len(start)]) == start for start in _REQUESTS)
        or ("tell", "me") in pairwise(said[:5])
        or _wishes(said)
    )


def _ends_asking(said: Sequence[str]) -> bool:
    brief = 1 < len(said) <= _BRIEF and said[-1:] in (["when"], ["how"])
    return brief or said[-2:] in (["or", "no"], ["or", "not"])


def _asks_permission(said: Sequence[str]) -> bool:
    """Return whether it asks for permission without a verb: "advil ok beforehand"."""
    brief = len(said) <= _BRIEF and not (_OWN | SUBJECTS | AUXILIARIES) & set(said)
    return brief and not _PERMISSIONS.isdisjoint(said[1:]) and not FUNCTION_WORDS.issuperset(said)


def _only_leads_up(said: Sequence[str]) -> bool:
    """Return whether it is only a subordinate clause: "when i had it done", "which is no use"."""
    if said[0] == "which":
        return said[1] in {"is", "was", "means", "gives", "i"} and said[2:3] != ["better"]
    return said[0] in {"when", "where", "what"} and said[1] in SUBJECTS and not _MODALS & set(said[2:3])


def _is_inverted(said: Sequence[str]) -> bool:
    """Return whether verb and subject are inverted.

    "is shaving ok" and "don't people" are, "have the session" and "do it" are not.
    """
    first, *rest = [word for word in said if word not in NEGATIONS] or [""]
    if first not in AUXILIARIES or not rest:
        return False
    if first in {"was", "were"}:  # "were supposed to" stands for "we are"
        return rest[0] in SUBJECTS | {"the", "my", "your"}
    if first in {"is", "are"} and rest[0] in {"on", "in", "at"}:  # "my gran is on tablets"
        return False
    if first in {"have", "has"} or NEGATIONS & set(said[1:2]):
        return rest[0] in SUBJECTS - {"it", "this", "that", "one"}
    return first != "do" or rest[0] not in {"it", "this", "that", "something"}


def _wishes(said: Sequence[str]) -> bool:
    return any(
        word in _WISHES and not _WISHED.isdisjoint(said[at + 1 : at + 4]) for at, word in enumerate(said[:6])
    )


def _points_to_question(first: str, second: str) -> bool:
    """Return whether two consecutive words begin a question in the middle of a message."""
    return (
        (first in _INVERTING and second in _INVERTED)
        or (first in {"do", "did"} and second in _ASKED_OF)
        or (first in {"have", "has"} and second in _ANYONE)
        or (first in _REPORTS and second in _REPORTED)
        or (first == "how" and second in _MEASURES)
        or first in _CONTRACTED
        or (first in _PERMISSIONS and second == "to")
        or (first == "what" and second == "time")
        or (first == "which" and second in {"is", "one", "are"})
        or (first in {"what", "when", "how", "where"} and second in {"s", "'s"})
    )
