"""Whether words ask something, lead up to a question, or tell something."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from nlu.question_words import (
    AUXILIARIES,
    FILLERS,
    LINKS,
    MODALS,
    NEGATIONS,
    OWN,
    STOPS,
    SUBJECTS,
    WH,
    WITHOUT_MEANING,
)

Words = Doc | Span | Sequence[Token]

_REQUESTS = (
    ("tell", "me"), ("let", "me"), ("give", "me"), ("explain",), ("any",), ("wondering",), ("curious",),
    ("what", "about"), ("how", "about"), ("bout",), ("not", "sure"), ("anything",), ("tell",), ("recommend",),
    ("suggest",), ("book",), ("the", "other", "thing"), ("another", "thing"), ("other", "thing"),
)  # fmt: skip
_REPORTS = frozenset({"ask", "asking", "wonder", "wondering", "curious", "know", "mean"})
_BEFORE_WH = frozenset({"by", "for", "after", "at", "to", "in", "from", "since", "with"})
_WISHES = frozenset(
    {
        "need",
        "want",
        "wanna",
        "like",
        "love",
        "wondering",
        "wonder",
        "wondered",
        "wanted",
        "understand",
        "confused",
    }
)
_WISHED = frozenset(
    {"know", "ask", "book", "speak", "talk", "see", "cancel", "change", "rebook", "hear", "if", "whether", "what",
     "how", "why", "difference"}
)  # fmt: skip
_REPORTED = WH | {"if", "whether"}
_INVERTING = AUXILIARIES - {"do", "did", "have", "has"}
_INVERTED = (SUBJECTS - {"one"}) | {"my", "your"}
SILENT = FILLERS | STOPS
"""Words before a question that say nothing."""
TRAILING = LINKS | FILLERS
"""Words behind one that say nothing."""
_BRIEF = 5  # words
_ASKED_OF = frozenset({"i", "you", "u", "we"})
_CONTRACTED = frozenset({"whats", "whens", "hows", "wheres"})
_ASIDES = frozenset(
    {("who", "right"), ("whos", "right"), ("which", "wins"), ("help", "or", "no"), ("will", "go", "by", "itself"),
     ("true",), ("correct",), ("right",), ("any", "point")}
)  # fmt: skip
"""Questions that say nothing by themselves, of words that may say something elsewhere."""
_LONGEST_ASIDE = max(map(len, _ASIDES))
POINTING = frozenset({"'s", "is", "that", "it", "this"})
_STATES = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "feels", "feel", "looks", "look", "keeps", "gets", "got", "s",
     "'s", "said", "says", "told", "hurts", "went", "goes", "wants", "reckons", "thinks"}
)  # fmt: skip
_LEAVE = frozenset({"ok", "okay", "allowed", "fine", "alright", "permitted"})
_ANYONE = frozenset({"anyone", "anybody", "people"})
_MEASURES = frozenset({"long", "much", "many", "often", "soon", "far"})


def is_bare(words: Words) -> bool:
    """Whether nothing in it says what it is about ("for how long", "is that ok")."""
    said = [token.lower_ for token in words if not token.is_punct]
    if all(word in WITHOUT_MEANING for word in said):
        return True
    return is_aside([word for word in said if word not in POINTING])


def is_aside(said: Sequence[str]) -> bool:
    """Whether words, without those of ``POINTING``, are a question that says nothing by itself."""
    return len(said) <= _LONGEST_ASIDE and tuple(said) in _ASIDES


def without_fillers(words: Words) -> Words:
    """The words from the first that says anything."""
    start = next((n for n, token in enumerate(words) if token.lower_ not in SILENT), len(words))
    return words[start:]


def asks(words: Words) -> bool:
    """Whether it begins as a question or a request does."""
    said = [token.lower_ for token in without_fillers(words) if token.lower_ not in STOPS]
    while said and said[-1] in TRAILING:
        said.pop()
    return begins_asking(said)


def begins_asking(said: Sequence[str]) -> bool:
    """The same for words in lower case, without fillers before them, links behind them and stops among them."""
    if len(said) < 2:
        return False
    if said[0] == "if" and said[1] in {"not", "so", "yes"} and len(said) > 3:
        said = said[2:]
    if len(said) > 2 and said[0] in _BEFORE_WH and said[1] in WH:  # "by when will i"
        said = said[1:]
    return (
        (said[0] in WH and not _only_leads_up(said))
        or _ends_asking(said)
        or _asks_leave(said)
        or _is_inverted(said)
        or any(tuple(said[: len(start)]) == start for start in _REQUESTS)
        or ("tell", "me") in pairwise(said[:5])
        or _wishes(said)
    )


def _ends_asking(said: Sequence[str]) -> bool:
    brief = len(said) <= _BRIEF and said[-1:] in (["when"], ["how"])
    return (brief and len(said) > 1) or said[-2:] in (["or", "no"], ["or", "not"])


def _asks_leave(said: Sequence[str]) -> bool:
    """ "advil ok beforehand" """
    brief = len(said) <= _BRIEF and not (OWN | SUBJECTS | AUXILIARIES) & set(said)
    return brief and not _LEAVE.isdisjoint(said[1:]) and any(word not in WITHOUT_MEANING for word in said)


def _only_leads_up(said: Sequence[str]) -> bool:
    """ "when i had it done", "which is no use": no questions"""
    if said[0] == "which":
        return said[1] in {"is", "was", "means", "gives", "i"} and said[2:3] != ["better"]
    return said[0] in {"when", "where", "what"} and said[1] in SUBJECTS and not MODALS & set(said[2:3])


def _is_inverted(said: Sequence[str]) -> bool:
    """ "is shaving ok", "don't people", but not "have the session" or "do it" """
    first, *rest = [word for word in said if word not in NEGATIONS] or [""]
    if first not in AUXILIARIES or not rest:
        return False
    if first in {"was", "were"}:  # "were supposed to" is "we are"
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


def asks_anywhere(words: Words) -> bool:
    """Whether it asks something, in whatever place."""
    return asks(words) or asks_inside(words) or any("?" in token.text for token in words)


def asks_inside(words: Words) -> bool:
    """ "im on aspirin is that a problem", "my sister wants me to ask how long it takes" """
    said = [token.lower_ for token in words]
    return any(points_to_question(first, second) for first, second in pairwise(said[1:]))


def points_to_question(first: str, second: str) -> bool:
    """Whether two words behind each other begin a question in the middle of a message."""
    return (
        (first in _INVERTING and second in _INVERTED)
        or (first in {"do", "did"} and second in _ASKED_OF)
        or (first in {"have", "has"} and second in _ANYONE)
        or (first in _REPORTS and second in _REPORTED)
        or (first == "how" and second in _MEASURES)
        or first in _CONTRACTED
        or (first in _LEAVE and second == "to")
        or (first == "what" and second == "time")
        or (first == "which" and second in {"is", "one", "are"})
        or (first in {"what", "when", "how", "where"} and second in {"s", "'s"})
    )


def tells(words: Words) -> bool:
    if len(words) <= 2 or words[0].lower_ not in OWN:
        return False
    # "my toner and the wash" names more of the same, "my skin is red" tells something
    return words[0].lower_ != "my" or not {token.lower_ for token in words[1:5]}.isdisjoint(_STATES)
