"""YAML syntax errors, worded for content authors who do not program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from assistant.core.content.issues import Issue

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
