"""The words by which a question is known: how it begins, and what in it means nothing without the one before."""

from __future__ import annotations

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
LINKS = frozenset({"and", "n", "&", "+", "plus", "also", "but", ",", "then", "btw", "/", "-", "additionally"})
STOPS = frozenset({".", "?", "!", ";", "...", "…", ":", "??", "?!", "..", "\n", "!!", "--"})

# nothing of these says what a question is about
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
WITHOUT_MEANING = _GENERIC | (WH - {"who", "whose"}) | AUXILIARIES | SUBJECTS | NEGATIONS | FILLERS | STOPS
CONTINUING = frozenset(
    {"and", "n", "&", "or", "but", "even", "only", "also", "with", "without", "for", "not", "then", "plus"}
)
"""Words that a remark about something said before begins with."""
ANAPHORA = frozenset({"it", "that", "this", "those", "them", "these", "they", "one", "there", "so"})
"""Words that point to something said before."""

MODALS = frozenset(
    {"can", "could", "should", "may", "will", "would", "shall", "must", "do", "am", "is", "ok", "okay"}
)
MOMENTS = frozenset({"before", "beforehand", "after", "afterwards", "afterward", "post"})
