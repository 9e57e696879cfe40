"""Checks for markup that is not rendered: people would read its signs.

Answers know paragraphs, lists of lines that begin with ``- ``, ``**bold**`` within a line, and bare addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.core.content.issues import Issue
from assistant.core.validation.project_content import ProjectContent

_ADDRESS = re.compile(r"https?://\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+")
_BOLD = re.compile(r"(?<!\*)\*\*(?=[^\s*])[^*\n]*?(?<=[^\s*])\*\*(?!\*)")
_NOT_RENDERED: Sequence[tuple[str, str, str]] = (
    (r"!\[[^\]\n]*\]\([^)\n]*\)", "a picture", "words"),
    (
        r"\[[^\]\n]+\](?:\([^)\n]*\)| \((?:https?:|www\.|/)[^)\n]*\))",
        "a link behind words",
        "the address itself, which becomes a link",
    ),
    (r"\[(?!\d+\])[^\]\n]+\]\[[^\]\n]*\]", "a link behind words", "the address itself, which becomes a link"),
    (r"<(?:https?:|mailto:)[^>\n]*>", "brackets around an address", "the address itself"),
    (r"</?[a-zA-Z][^>\n]*>", "a tag of HTML", "**bold**, or no mark"),
    (r"^\s*#{1,6}\s.*", "a heading", "**bold** on a line of its own"),
    (r"^\s*[*+•]\s.*", "a list with another sign", '"- " at the beginning of the line'),
    (r"^\s*>\s?.*", "a quotation", "a paragraph"),
    (r"^\s*(?:-{3,}|={3,}|(?:\* ?){3,}|_{3,})\s*$", "a line across", "an empty line"),
    (r"^\s*\|.*\|\s*$", "a table", 'a list: "- " at the beginning of each line'),
    (r"`+[^`\n]*`*", "a backtick", "no mark, or quotes"),
    (r"~~[^~\n]*~~", "a line through words", "no mark"),
    (r"\*\*\*?[^\n]*", "bold that does not end in its line, or has spaces inside its signs", "**bold**"),
    (r"(?<!\w)\*[^\s*][^*\n]*\*(?!\w)", "italics", "**bold**, or no mark"),
    (r"(?<!\w)_{1,2}[^\s_][^_\n]*_{1,2}(?!\w)", "italics", "**bold**, or no mark"),
)
_LONGEST = 40  # characters of a quotation


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield markup in answers, facts and the wording that people would read as it stands."""
    for answer in material.answers:
        yield from markup_issues(str(answer.path), answer.place, answer.response.text)
    for fact in material.facts:
        yield from markup_issues(str(fact.path), f"fact {fact.entry.id}", fact.entry.statement)
    if material.wording is not None:
        for name, sentence in material.wording.contact.dict().items():
            yield from markup_issues(material.path("data", "wording.yml"), f"contact, {name}", sentence)


def markup_issues(path: str, place: str, text: str) -> Iterator[Issue]:
    """Yield each kind of markup in the text that is not rendered, once."""
    for sign, what, expected in _NOT_RENDERED:
        found = re.search(sign, text, re.MULTILINE)
        if found:
            got = " ".join(found.group().split())
            shown = got if len(got) <= _LONGEST else f"{got[:_LONGEST]}…"
            yield Issue(path, f"{place}: {what} is not shown as such", got=shown, expected=expected)
            text = re.sub(sign, " ", text, flags=re.MULTILINE)  # a part of it is no other kind
        if what == "brackets around an address":
            text = _ADDRESS.sub(" ", _BOLD.sub(lambda bold: bold.group()[2:-2], text))
