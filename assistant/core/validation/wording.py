"""Checks of the texts of answers: length, placeholders, referral, and markup that is not rendered.

Length is counted with placeholders filled with the defaults of ``data/en/wording.yml``, so that 90 words are 90
words on the screen. A clinic's own settings do not count, because a long name is not an issue of the answer. Answers
know paragraphs, lists of lines that begin with ``- ``, ``**bold**`` within a line, and bare addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.core.aftercare.figures import PLACEHOLDER
from assistant.core.content.citations import without_citations
from assistant.core.content.clinic import Clinic, Wording, placeholders
from assistant.core.content.issues import Issue, listed
from assistant.core.content.languages import LANGUAGE
from assistant.core.protocol import URGENT
from assistant.core.validation.comparison import unknown, words
from assistant.core.validation.project_content import Answer, ProjectContent
from assistant.core.validation.voice import FIGURE, groups_in_voice

SHORTEST, LONGEST = 20, 90  # words
PLACEHOLDERS = ("clinic_name", "clinic_contact", "clinic_help", "emergency_number", "named", "retention")
IN_CONTACT = ("name", "phone", "booking_link")
REFERRALS = ("{clinic_help}", "{emergency_number}")
URGENT_HELP = re.compile(
    r"emergenc|do not wait|right away|call a doctor|when to call|looked at today", re.IGNORECASE
)

_PLACEHOLDER = re.compile(r"{(\w*)}")
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
_LONGEST_QUOTATION = 40  # characters of a quotation


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of length, placeholders, referral and markup."""
    yield from _text_issues(project)
    yield from _all_markup(project)


def _text_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield answers of the wrong length, unknown placeholders, and urgent texts without a referral."""
    defaults: dict[str, str] = {}
    by_voice = groups_in_voice(project.data)  # their length is checked with the voice
    if project.wording is not None:
        issues = list(_contact_issues(project, project.wording))
        defaults = {} if issues else _defaults(project.wording)
        yield from issues
    for answer in project.answers:
        for text in answer.texts:
            yield from _placeholder_issues(str(answer.path), answer.place, text, PLACEHOLDERS)
        yield from _unreferred(answer)
        yield from _uncalled(answer, project.wording)
        if defaults and answer.path.stem not in by_voice:
            yield from _length_issues(answer, defaults)


def _contact_issues(project: ProjectContent, wording: Wording) -> Iterator[Issue]:
    for name, sentence in wording.contact.dict().items():
        yield from _placeholder_issues(
            project.path("data", LANGUAGE, "wording.yml"), f"contact, {name}", sentence, IN_CONTACT
        )


def _placeholder_issues(path: str, place: str, text: str, known: tuple[str, ...]) -> Iterator[Issue]:
    yield from unknown(path, place, "placeholder", _PLACEHOLDER.findall(text), known)
    stray = re.search(r"\S*[{}]\S*", PLACEHOLDER.sub("", _PLACEHOLDER.sub("", text)))
    if stray:
        yield Issue(path, f"{place}: a brace that belongs to no placeholder", got=stray.group())


def _unreferred(answer: Answer) -> Iterator[Issue]:
    metadata, text = answer.response.metadata, answer.response.text
    urgent = metadata.outcome == URGENT or URGENT_HELP.search(text)
    if urgent and not any(referral in text for referral in REFERRALS):
        yield Issue(
            str(answer.path), f"{answer.place}: urgent, without a referral", expected=" or ".join(REFERRALS)
        )
    if metadata.outcome == URGENT and "{clinic_contact}" in text:
        yield Issue(
            str(answer.path),
            f"{answer.place}: urgent, and may offer to book online",
            got="{clinic_contact}",
            expected="{clinic_help}",
        )
    if metadata.alarm == "emergency" and "{emergency_number}" not in text:
        yield Issue(
            str(answer.path),
            f"{answer.place}: an emergency, without its number",
            expected="{emergency_number}",
        )


def _uncalled(answer: Answer, wording: Wording | None) -> Iterator[Issue]:
    """Yield emergency numbers after a word that does not turn them into a phone link."""
    before = wording.before_numbers if wording is not None else ()
    for word in re.findall(r"(\S*)\s*{emergency_number}", answer.response.text):
        if before and word.lower() not in before:
            problem = f"{answer.place}: {{emergency_number}} becomes no link that calls it"
            yield Issue(str(answer.path), problem, got=word, expected=f"{listed(before)} before it")


def _length_issues(answer: Answer, defaults: dict[str, str]) -> Iterator[Issue]:
    own = PLACEHOLDER.sub(FIGURE, without_citations(answer.response.text))
    text = _PLACEHOLDER.sub(lambda match: defaults.get(match.group(1), match.group()), own)
    length = sum(1 for word in text.split() if words(word))
    if not SHORTEST <= length <= LONGEST:
        yield Issue(
            str(answer.path),
            f"{answer.place}: too {'short' if length < SHORTEST else 'long'}",
            got=f"{length} words",
            expected=f"{SHORTEST} to {LONGEST}",
        )


def _defaults(wording: Wording) -> dict[str, str]:
    return {**placeholders(Clinic(), wording), "named": wording.something_else, "retention": FIGURE}


def _all_markup(project: ProjectContent) -> Iterator[Issue]:
    """Yield markup in answers, facts and the wording that people would read as it stands."""
    for answer in project.answers:
        yield from markup_issues(str(answer.path), answer.place, answer.response.text)
        for text in answer.texts:
            yield from line_break_issues(str(answer.path), answer.place, text)
    for fact in project.facts:
        yield from markup_issues(str(fact.path), f"fact {fact.entry.id}", fact.entry.statement)
    if project.wording is not None:
        for name, sentence in project.wording.contact.dict().items():
            yield from markup_issues(project.path("data", "wording.yml"), f"contact, {name}", sentence)


def line_break_issues(path: str, place: str, text: str) -> Iterator[Issue]:
    """Yield each line break within a paragraph or an entry of a list; people would see it."""
    for line, following in pairwise(text.splitlines()):
        if line.strip() and following.strip() and not following.startswith("- "):
            yield Issue(
                path,
                f"{place}: a line break within a paragraph",
                got=_quoted(following),
                expected="the paragraph on one line, or an empty line before the next",
            )


def markup_issues(path: str, place: str, text: str) -> Iterator[Issue]:
    """Yield each kind of markup in the text that is not rendered, once."""
    for sign, what, expected in _NOT_RENDERED:
        found = re.search(sign, text, re.MULTILINE)
        if found:
            shown = _quoted(found.group())
            yield Issue(path, f"{place}: {what} is not shown as such", got=shown, expected=expected)
            text = re.sub(sign, " ", text, flags=re.MULTILINE)  # a part of it is no other kind
        if what == "brackets around an address":
            text = _ADDRESS.sub(" ", _BOLD.sub(lambda bold: bold.group()[2:-2], text))


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_QUOTATION else f"{plain[:_LONGEST_QUOTATION]}…"
