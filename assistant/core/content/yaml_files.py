"""Loading of YAML content files, with issues that name file and line.

Scalars are not reinterpreted. A scalar is a number only if the number is written exactly so: ``112`` and ``0.5`` are
numbers, but ``000``, ``061``, ``+34600000000``, ``2:30``, ``0x10``, ``1_000`` and ``1.10`` are texts, and so are
``yes``, ``no``, ``on``, ``off`` and dates. ``true`` and ``false`` are booleans: an issue if a text is expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError, validator
from pydantic.fields import ModelField

from assistant.core.content.issues import ContentError, Issue, Loc, encoding_issue, form_issue, problems

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Record = TypeVar("_Record", bound="Record")


class Loader(_Base):  # type: ignore[misc]  # the base is chosen at run time
    """PyYAML's safe loader, which keeps every text as written."""


def _scalar(loader: Any, node: yaml.ScalarNode) -> Any:
    text = str(loader.construct_scalar(node))
    for kind in (int, float):
        try:
            if str(kind(text)) == text:
                return kind(text)
        except ValueError:
            pass
    return {"true": True, "false": False}.get(text.lower(), text)


for _name in ("bool", "int", "float", "timestamp", "value"):
    Loader.add_constructor(f"tag:yaml.org,2002:{_name}", _scalar)


class Record(BaseModel):
    """Immutable entry of a content file; unknown keys are issues."""

    class Config:
        extra = "forbid"
        allow_mutation = False
        frozen = True

    @classmethod
    def parse_obj(cls: type[_Record], obj: Any) -> _Record:
        """Parse the entry; keys that YAML reads as another type (``true``, ``1``) are unknown keys, too."""
        named = {str(key): value for key, value in obj.items()} if isinstance(obj, dict) else obj
        return super().parse_obj(named)

    @validator("*", pre=True)
    def _is_no_truth_value(cls, value: Any, field: ModelField) -> Any:
        if field.type_ is str and any(isinstance(part, bool) for part in _parts(value)):
            raise ValueError('true and false are texts only in quotes (expected "true" or "false")')
        return value


def _parts(value: Any) -> Iterator[Any]:
    yield from value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]


def read_text(path: Path) -> str:
    """Read the text of one file.

    Raises:
        ContentError: the file is missing or not UTF-8.
    """
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise ContentError([Issue(str(path), "cannot be read", got=error.strerror)]) from error
    except UnicodeDecodeError as error:
        raise ContentError([encoding_issue(path, content, error)]) from error


def read_yaml(path: Path) -> Any:
    """Read the content of one YAML file.

    Raises:
        ContentError: the file is missing, not UTF-8 or not YAML.
    """
    text = read_text(path)
    try:
        return yaml.load(text, Loader)
    except yaml.YAMLError as error:
        raise ContentError([form_issue(path, text, error)]) from error


def read_records(path: Path, key: str, kind: type[_Record]) -> list[_Record]:
    """Read the list under ``key`` of the file, each entry as a ``kind``.

    Raises:
        ContentError: with every issue of the file, not only the first.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise ContentError([Issue(str(path), f"has no list under {key!r}", expected=_list_below(key))])
    records: list[_Record] = []
    issues: list[Issue] = []
    for number, entry in enumerate(content[key]):
        try:
            records.append(kind.parse_obj(entry))
        except ValidationError as error:
            issues += record_issues(path, _place(key, number, entry), error, (key, number))
    if issues:
        raise ContentError(issues)
    return records


def read_record(path: Path, key: str, kind: type[_Record]) -> _Record:
    """Read the mapping under ``key`` of the file as a ``kind``.

    Raises:
        ContentError: with every issue of the mapping.
    """
    return record_of(path, read_yaml(path), key, kind)


def record_of(path: Path, content: Any, key: str, kind: type[_Record]) -> _Record:
    """Return the mapping under ``key`` of a file's content as a ``kind``; a missing one counts as empty.

    Raises:
        ContentError: with every issue of the mapping.
    """
    given = content.get(key) if isinstance(content, dict) else None
    try:
        return kind.parse_obj({} if given is None else given)
    except ValidationError as error:
        raise ContentError(record_issues(path, key, error, (key,))) from error


def _list_below(key: str) -> str:
    return f'{key}: and below it, after two spaces, entries that begin with "- "'


def _place(key: str, number: int, entry: Any) -> str:
    name = entry.get("id") if isinstance(entry, dict) else None
    return f"{key} {number + 1} ({name})" if isinstance(name, str) else f"{key} {number + 1}"


def record_issues(path: Path, place: str, error: ValidationError, above: Loc) -> list[Issue]:
    """Return the issues of one entry of a file; ``above`` are the keys and indices that lead to it."""
    tree = _tree(path)
    return [
        Issue(
            str(path),
            ", ".join(filter(None, [str(place), problem.inside])) + f": {problem.what}",
            problem.got,
            problem.expected,
            _line(tree, (*above, *problem.loc)),
        )
        for problem in problems(error)
    ]


def line_of(path: Path, loc: Loc) -> int:
    """Return the 1-based line in which an entry begins; if it does not exist, that of its closest parent."""
    return _line(_tree(path), loc)


def _tree(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(read_text(path), Loader)
    except (ContentError, yaml.YAMLError):
        return None


def _line(node: yaml.Node | None, loc: Loc) -> int:
    found = 0 if node is None else node.start_mark.line + 1
    for part in loc:
        below = _below(node, part)
        if below is None:
            break
        found, node = below
    return found


def _below(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        pairs = ((key, value) for key, value in node.value if key.value == str(part))
        return next(((key.start_mark.line + 1, value) for key, value in pairs), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None
