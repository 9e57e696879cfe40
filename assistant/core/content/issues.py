"""Content issues, and the errors of YAML and pydantic as issues, worded for authors who do not program."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

_WORD = re.compile(r"[a-z0-9]{3,}")
_STEM = 4  # letters of a stem: "washing" matches "wash"
_HINTS = 3
Said = tuple[str, str]
"""The problem, and the expected form."""
_TAB: Said = ("a tab stands here", "spaces: two for each step to the right")
_COLON: Said = ("a colon inside a text that has no quotes", 'quotes around the text: key: "text: more text"')
_NO_COLON: Said = ("no colon and space behind the key", "key: text")
_STEP: Said = (
    "begins in another column than the lines that belong with it",
    "the same number of spaces as in the line above, two more for each step to the right",
)
_LIST: Said = ("the entries of a list begin in different columns", 'each "- " exactly below the one before')
_QUOTES: Said = (
    "quotes that are not closed, or more text behind them, or another column than the line above",
    'one pair around the whole text: key: "text", and the spaces of the line above',
)
_SIGN: Said = ("a text begins with a sign that means something else in YAML", 'quotes: key: "text"')
_BRACKETS: Said = ("a bracket that is not closed, or a colon between brackets", "[one, two, three]")
_DASH: Said = ("a list begins behind a key on the same line", 'each "- " on a line of its own, below the key')
_ESCAPE: Said = ("a backslash inside double quotes", "single quotes: key: 'text'")
_SECOND: Said = ("a line of three dashes begins a second file", "one file without such a line")
_OTHER: Said = ("is not in the form of YAML", 'key: "text", with the same spaces as the lines around it')
_BY_PROBLEM: Sequence[tuple[str, Said]] = (
    ("tab character", _TAB),
    ("'-' indicator", _LIST),
    ("expected key", _QUOTES),
    ("cannot start any token", _SIGN),
    ("undefined alias", _SIGN),
    ("alphabetic or numeric", _SIGN),
    ("constructor for the tag", _SIGN),
    ("comment or line break", _SIGN),
    ("',' or", _BRACKETS),
    ("node content", _BRACKETS),
    ("block sequence entries", _DASH),
    ("escape character", _ESCAPE),
    ("expected ':'", _NO_COLON),
    ("end of stream", _QUOTES),
    ("another document", _SECOND),
)
_PAIR = re.compile(r":(?:\s|$)")
Loc = tuple[str | int, ...]
"""Keys and 0-based indices that lead to a place in a file."""
_KINDS = {
    "str": ("is not a text", 'such as "a text"'),
    "tuple": ("is not a list", "[one, two]"),
    "list": ("is not a list", "[one, two]"),
    "bool": ("is neither true nor false", "true or false"),
    "integer": ("is not a whole number", "such as 3"),
    "float": ("is not a number", "such as 0.5"),
    "type_error": ("has no keys of its own", "key: value"),
    "dict": ("has no keys of its own", "key: value"),
    "none.not_allowed": ("is empty", 'a value, or "" for none'),
}


@dataclass(frozen=True, order=True)
class Issue:
    """One issue at one place of the content."""

    path: str
    problem: str
    got: object = None
    expected: object = None
    line: int = 0
    """Counted from 1; 0 if the problem states its place."""

    def __str__(self) -> str:
        details = [
            f"{name} {value}" for name, value in (("got", self.got), ("expected", self.expected)) if value
        ]
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{place}: {self.problem}" + (f" ({' / '.join(details)})" if details else "")


class ContentError(ValueError):
    """Raised if content cannot be loaded; holds all issues found."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = list(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


def nearest(wrong: str, known: Collection[str]) -> str | None:
    """Return the known names that may have been meant, as a question: the closest by spelling, else by shared words."""
    hints = get_close_matches(wrong, known, n=1) or _alike(wrong, known)
    return f"{listed(hints)}?" if hints else None


def _alike(wrong: str, known: Collection[str]) -> list[str]:
    """Return the names that share the most words with the wrong one."""
    shared = {name: len(_stems(name) & _stems(wrong)) for name in sorted(known)}
    most = max(shared.values(), default=0)
    return [name for name, count in shared.items() if count == most > 0][:_HINTS]


def listed(names: Iterable[str]) -> str:
    """Return names as an enumeration: "must, should or may"."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _stems(name: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(name.lower())}


def form_issue(path: Path, text: str, error: yaml.YAMLError) -> Issue:
    """Return the issue of a text that is not YAML."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        sign = "a control sign, which no editor shows"
        return Issue(str(path), f"holds {sign}", expected="the line written anew")
    lines = text.splitlines()
    number, said = _said(str(getattr(error, "problem", "")), mark.line, mark.column, lines)
    shown = lines[number].strip() if number < len(lines) else "the end of the file"
    return Issue(str(path), said[0], got=shown, expected=said[1], line=number + 1)


def encoding_issue(path: Path, content: bytes, error: UnicodeDecodeError) -> Issue:
    """Return the issue of a file that is not UTF-8."""
    line = content[: error.start].count(b"\n") + 1
    return Issue(
        str(path), "is not saved as UTF-8", expected="“UTF-8” as the encoding when you save it", line=line
    )


def _said(problem: str, line: int, column: int, lines: Sequence[str]) -> tuple[int, Said]:
    """Return the 0-based line and its problem."""
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return line, _TAB
    if "mapping values" in problem:
        return _of_colon(line, column, lines)
    if "expected key" in problem and not here[:column].strip():
        return line, _STEP
    return line, next((said for part, said in _BY_PROBLEM if part in problem), _OTHER)


def _of_colon(line: int, column: int, lines: Sequence[str]) -> tuple[int, Said]:
    """Return the problem of a misplaced colon: second in its line, after a line without one, or wrongly indented."""
    if _PAIR.search(lines[line][:column]):
        return line, _COLON
    above = next((n for n in range(line - 1, -1, -1) if lines[n].strip() and lines[n].strip()[0] != "#"), 0)
    return (line, _STEP) if _PAIR.search(lines[above]) else (above, _NO_COLON)


@dataclass(frozen=True)
class Problem:
    """One issue at one place of an entry."""

    loc: Loc
    what: str
    got: object = None
    expected: object = None

    @property
    def inside(self) -> str:
        """Place within the entry, as named in issues."""
        return ".".join(str(part) for part in self.loc)


def problems(error: ValidationError) -> Iterator[Problem]:
    """Yield every problem of the entry, in the order of its keys."""
    for each in error.errors():
        loc = tuple(part for part in each["loc"] if part != "__root__")
        yield _problem(loc, str(each["type"]), str(each["msg"]), each.get("ctx") or {}, error.model)


def _problem(loc: Loc, kind: str, message: str, about: Mapping[str, Any], model: Any) -> Problem:
    if kind == "value_error.missing":
        return Problem(loc, "is missing", expected=f"{loc[-1]}: …")
    if kind == "value_error.extra":
        keys = _keys(model, loc[:-1])
        hint = nearest(str(loc[-1]), keys)
        return Problem(
            loc, "unknown key", expected=f"{f'{hint} The keys are ' if hint else ''}{', '.join(keys)}"
        )
    if kind == "value_error.const":
        return Problem(loc, "unknown word", about["given"], listed(map(str, about["permitted"])))
    what, expected = _KINDS.get(kind.removeprefix("type_error."), (message, None))
    return Problem(loc, what, expected=expected)


def _keys(model: Any, loc: Loc) -> list[str]:
    """Return the keys that are allowed at this place."""
    for part in loc:
        if isinstance(part, str):
            model = model.__fields__[part].type_
    return list(model.__fields__) if isinstance(model, type) and issubclass(model, BaseModel) else []
