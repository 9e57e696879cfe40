"""Pydantic's validation errors, worded for content authors who do not program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.core.content.issues import listed, nearest

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
