"""The project's spaCy pipeline: English tokens, lemmas and the terms of data/en/lexicon."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from importlib.resources import files

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from assistant.core.content.lexicon import Lexicon

SPANS = "lexicon"
RARE = -16.0  # log probability below which a word of the table is more likely a typing error
USUAL = -12.8  # from which so many write it that it stays: "thru", "alot", "dont", "arent"


def build_base() -> Language:
    """Build a blank English pipeline with a lookup lemmatizer."""
    language = spacy.blank("en")
    language.add_pipe("lemmatizer", config={"mode": "lookup"})
    language.initialize()
    return language


def build_language(lexicon: Lexicon) -> Language:
    """Build the base pipeline and a ruler for the lexicon's terms.

    The ruler writes ``doc.spans["lexicon"]``: ``label_`` is the entity, ``id_`` the value.
    """
    language = build_base()
    if not lexicon:
        return language
    ruler = language.add_pipe(
        "span_ruler",
        config={"spans_key": SPANS, "phrase_matcher_attr": "LEMMA", "annotate_ents": False},
    )
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": entity, "id": entry.id, "pattern": term}
            for entity, entries in lexicon.items()
            for entry in entries.values()
            for term in entry.terms
        ]
    )
    return language


def find_spans(doc: Doc) -> list[Span]:
    """Return the lexicon's spans of a doc in textual order, the longest of nested ones.

    A span within a longer one ("ice" in "ice pick scar") is dropped, whatever their entities.
    """
    spans = sorted(doc.spans.get(SPANS, []), key=lambda span: (span.start, -span.end, span.label_))
    kept: list[Span] = []
    around: list[Span] = []
    for span in spans:
        around = [other for other in around if other.end > span.start]
        longer = [other for other in around if other.end >= span.end]
        if all(len(other) == len(span) and other.label_ != span.label_ for other in longer):
            kept.append(span)
            around.append(span)
    return kept


def common_words(least: float = RARE) -> Iterable[str]:
    """Yield the words of at least this log probability in English texts of the web, from spaCy's lookup tables."""
    table = files("spacy_lookups_data") / "data" / "en_lexeme_prob.json.gz"
    with table.open("rb") as file:
        probabilities: dict[str, float] = json.loads(gzip.decompress(file.read()))
    return (
        word for word, value in probabilities.items() if value > least and word.isalpha() and word.islower()
    )
