"""The personal timeline as a page to print or to share: self-contained, and without a script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, say_day
from assistant.core.aftercare.timeline import Step, person_steps
from assistant.core.aftercare.timeline_answer import GROUPS, say_next, say_step

_FOLDER = Path(__file__).parent
STYLE = (_FOLDER / "timeline_page.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Content-Security-Policy of the page: its own style, and nothing else."""


@dataclass(frozen=True)
class _Entry:
    title: str
    detail: str


@dataclass(frozen=True)
class _Section:
    heading: str
    steps: Sequence[_Entry]


def timeline_page(person: Person, book: AftercareGuide) -> str | None:
    """Return the page in HTML; ``None`` if the date of the treatment is unknown."""
    if person.treated_at is None:
        return None
    lines = person_steps(person, book)
    return _template().render(
        title=book.wording.page.title,
        sources_heading=book.wording.page.sources,
        style=Markup(STYLE),  # the policy allows exactly this text
        day=say_day(person, book.wording),
        next=[text.replace("**", "") for text in say_next(_counting(lines, person), person, book)],
        sections=_sections(lines, person, book),
        closing=[book.wording.timeline_after, book.content.notice],
        sources=book.aftercare.cited(line.rule for line in lines),
    )


def _counting(lines: Sequence[Step], person: Person) -> list[Step]:
    """Return the steps among which the next change is: before a session, only the preparation."""
    return [line for line in lines if person.is_treated or line.rule.direction == "before"]


def _sections(lines: Sequence[Step], person: Person, book: AftercareGuide) -> list[_Section]:
    """Return the groups of now, and what is later and over; before a session, those before and those after it."""
    heads = book.wording.groups
    if not person.is_treated:
        sides = (("before", "{}"), ("after", f"{heads.after} {{}}"))
        placed = [(wording, [x for x in lines if x.rule.direction == side]) for side, wording in sides]
        return [each for wording, own in placed for each in _grouped(own, wording, person, book)]
    now, coming, over = ([x for x in lines if x.state == state] for state in ("now", "upcoming", "past"))
    rest = [_section(heads.later, coming, person, book), _section(heads.over, over, person, book)]
    return [*_grouped(now, "{}", person, book), *(each for each in rest if each.steps)]


def _grouped(lines: Sequence[Step], wording: str, person: Person, book: AftercareGuide) -> list[_Section]:
    headings = {group: wording.format(getattr(book.wording.groups, group)) for group in GROUPS}
    found = [
        _section(heading, [line for line in lines if line.group == group], person, book)
        for group, heading in headings.items()
    ]
    return [section for section in found if section.steps]


def _section(heading: str, lines: Sequence[Step], person: Person, book: AftercareGuide) -> _Section:
    return _Section(heading.replace("**", ""), [_entry(line, person, book) for line in lines])


def _entry(line: Step, person: Person, book: AftercareGuide) -> _Entry:
    said = [] if line.state == "past" else [line.detail, line.ask or ""]
    return _Entry(say_step(line, person, book), " ".join(said).strip())


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("timeline_page.html.jinja")
