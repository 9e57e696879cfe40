"""Rules and word lists for speech acts: questions, statements, and fragments that depend on context."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

WH = frozenset(
    {"what", "which", "who", "whom", "whose", "when", "where", "why", "how", "whats", "hows", "wen", "wot", "whos",
     "whens", "hw", "wat", "wats", "wht"}
)  # fmt: skip
AUXILIARIES = frozenset(
    {"do", "does", "did", "is", "are", "am", "was", "were", "can", "could", "should", "will", "would", "may",
     "might", "shall", "must", "have", "has", "ca", "wo", "isnt", "dose", "shud", "cud"}
)  # fmt: skip
SUBJECTS = frozenset(
    {"i", "you", "u", "it", "we", "they", "he", "she", "one", "people", "someone", "there", "this", "that",
     "these", "those", "anyone", "anybody", "everyone", "everybody", "somebody"}
)  # fmt: skip
OWN = frozenset({"i", "my", "im", "ive", "theres", "its", "it", "there", "she", "he", "they", "we", "id"})
ONESELF = frozenset({"i", "my", "im", "ive", "id", "we", "our", "weve"})
NEGATIONS = frozenset({"nt", "n't", "not", "no", "never"})
FILLERS = frozenset(
    {"so", "ok", "okay", "oh", "um", "uh", "er", "erm", "hmm", "hm", "well", "like", "hi", "hey", "hello", "please",
     "pls", "plz", "just", "and", "n", "also", "plus", "but", "then", "btw", "yeah", "yes", "right", "lol", "thanks",
     "thank", "you", "cheers", "again", "actually", "&", "+", ",", "quick", "cos", "tho", "though", "eh", "haha",
     "basically", "honestly", "seriously", "roughly", "guys", "anyway", "secondly", "firstly", "lastly", "finally",
     "another", "sir", "madam", "maam", "mam", "dear", "yo", "hun", "mate", "hiya", "sorry", "kindly", "lots",
     "questions", "question"}
)  # fmt: skip
CONJUNCTIONS = frozenset(
    {"and", "n", "&", "+", "plus", "also", "but", ",", "then", "btw", "/", "-", "additionally"}
)
SENTENCE_ENDINGS = frozenset({".", "?", "!", ";", "...", "…", ":", "??", "?!", "..", "\n", "!!", "--"})

# words that do not name the subject of a question
_GENERIC = frozenset(
    {"a", "an", "the", "of", "to", "for", "in", "on", "at", "by", "with", "from", "as", "about", "into", "up", "be",
     "been", "being", "s", "'s", "m", "'m", "re", "'re", "ve", "'ve", "ll", "'ll", "d", "'d", "me", "my", "mine",
     "your", "yours", "them", "him", "her", "its", "our", "us", "ours", "their", "same", "other", "others", "ones",
     "thing", "things", "stuff", "else", "ok", "okay", "fine", "alright", "normal", "allowed", "bad", "good",
     "possible", "okey", "problem", "issue", "ask", "know", "mean", "exactly", "really", "even", "only", "still",
     "too", "very", "all", "any", "some", "if", "or", "either", "long", "often", "soon", "many", "day", "days",
     "hour", "hours", "week", "weeks", "minutes", "month", "months", "time", "until", "till", "than",
     "case", "ever", "yet", "already", "now", "here", "matter", "sure", "after", "before", "maybe",
     "more", "instead", "better", "best",
     "both", "way", "exact", "approximately", "roughly", "per", "least", "most", "max", "last", "lasts"}
)  # fmt: skip
FUNCTION_WORDS = (
    _GENERIC | (WH - {"who", "whose"}) | AUXILIARIES | SUBJECTS | NEGATIONS | FILLERS | SENTENCE_ENDINGS
)
CONTINUING = frozenset(
    {"and", "n", "&", "or", "but", "even", "only", "also", "with", "without", "for", "not", "then", "plus"}
)
"""First words of an utterance that continues what was said before."""
ANAPHORA = frozenset({"it", "that", "this", "those", "them", "these", "they", "one", "there", "so"})
"""Words that refer to something said before."""

MODALS = frozenset(
    {"can", "could", "should", "may", "will", "would", "shall", "must", "do", "am", "is", "ok", "okay"}
)
MOMENTS = frozenset({"before", "beforehand", "after", "afterwards", "afterward", "post"})


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
SILENT = FILLERS | SENTENCE_ENDINGS
"""Words without meaning before a question."""
TRAILING = CONJUNCTIONS | FILLERS
"""Words without meaning after a question."""
_BRIEF = 5  # words
_ASKED_OF = frozenset({"i", "you", "u", "we"})
_CONTRACTED = frozenset({"whats", "whens", "hows", "wheres"})
_ASIDES = frozenset(
    {("who", "right"), ("whos", "right"), ("which", "wins"), ("help", "or", "no"), ("will", "go", "by", "itself"),
     ("true",), ("correct",), ("right",), ("any", "point")}
)  # fmt: skip
"""Questions without a subject whose words have a meaning elsewhere."""
_LONGEST_ASIDE = max(map(len, _ASIDES))
POINTING = frozenset({"'s", "is", "that", "it", "this"})
_STATES = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "feels", "feel", "looks", "look", "keeps", "gets", "got", "s",
     "'s", "said", "says", "told", "hurts", "went", "goes", "wants", "reckons", "thinks"}
)  # fmt: skip
_LEAVE = frozenset({"ok", "okay", "allowed", "fine", "alright", "permitted"})
_ANYONE = frozenset({"anyone", "anybody", "people"})
_MEASURES = frozenset({"long", "much", "many", "often", "soon", "far"})


def has_no_content_word(words: Words) -> bool:
    """Return whether there is no word for the subject: "for how long", "is that ok"."""
    said = [token.lower_ for token in words if not token.is_punct]
    if all(word in FUNCTION_WORDS for word in said):
        return True
    return is_aside([word for word in said if word not in POINTING])


def is_aside(said: Sequence[str]) -> bool:
    """Return whether words, already without those of ``POINTING``, are a question without a subject."""
    return len(said) <= _LONGEST_ASIDE and tuple(said) in _ASIDES


def without_fillers(words: Words) -> Words:
    """Return the words from the first that is not a filler."""
    start = next((n for n, token in enumerate(words) if token.lower_ not in SILENT), len(words))
    return words[start:]


def is_question(words: Words) -> bool:
    """Return whether it begins like a question or a request."""
    said = [token.lower_ for token in without_fillers(words) if token.lower_ not in SENTENCE_ENDINGS]
    while said and said[-1] in TRAILING:
        said.pop()
    return begins_asking(said)


def begins_asking(said: Sequence[str]) -> bool:
    """Return whether words, in lower case and without leading fillers, links at the end and stops, begin a question."""
    if len(said) < 2:
        return False
    if said[0] == "if" and said[1] in {"not", "so", "yes"} and len(said) > 3:
        said = said[2:]
    if len(said) > 2 and said[0] in _BEFORE_WH and said[1] in WH:  # "by when will i"
        said = said[1:]
    return (
        (said[0] in WH and not _only_leads_up(said))
        or _ends_asking(said)
        or _asks_permission(said)
        or _is_inverted(said)
        or any(tuple(said[: len(start)]) == start for start in _REQUESTS)
        or ("tell", "me") in pairwise(said[:5])
        or _wishes(said)
    )


def _ends_asking(said: Sequence[str]) -> bool:
    brief = len(said) <= _BRIEF and said[-1:] in (["when"], ["how"])
    return (brief and len(said) > 1) or said[-2:] in (["or", "no"], ["or", "not"])


def _asks_permission(said: Sequence[str]) -> bool:
    """Return whether it asks for permission without a verb: "advil ok beforehand"."""
    brief = len(said) <= _BRIEF and not (OWN | SUBJECTS | AUXILIARIES) & set(said)
    return brief and not _LEAVE.isdisjoint(said[1:]) and any(word not in FUNCTION_WORDS for word in said)


def _only_leads_up(said: Sequence[str]) -> bool:
    """Return whether it is only a subordinate clause: "when i had it done", "which is no use"."""
    if said[0] == "which":
        return said[1] in {"is", "was", "means", "gives", "i"} and said[2:3] != ["better"]
    return said[0] in {"when", "where", "what"} and said[1] in SUBJECTS and not MODALS & set(said[2:3])


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


def asks_anywhere(words: Words) -> bool:
    """Return whether it asks something, in any position."""
    return is_question(words) or contains_question(words) or any("?" in token.text for token in words)


def contains_question(words: Words) -> bool:
    """Return whether a question follows the first words.

    Examples are "im on aspirin is that a problem" and "my sister wants me to ask how long it takes".
    """
    said = [token.lower_ for token in words]
    return any(points_to_question(first, second) for first, second in pairwise(said[1:]))


def points_to_question(first: str, second: str) -> bool:
    """Return whether two consecutive words begin a question in the middle of a message."""
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


def is_statement(words: Words) -> bool:
    if len(words) <= 2 or words[0].lower_ not in OWN:
        return False
    # "my toner and the wash" lists further items, "my skin is red" is a statement
    return words[0].lower_ != "my" or not {token.lower_ for token in words[1:5]}.isdisjoint(_STATES)
