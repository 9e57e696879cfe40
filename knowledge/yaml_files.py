"""Reads the content's YAML files and turns what is wrong in them into faults that name the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.faults import ContentError, Fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Record = TypeVar("_Record", bound="Record")


class Record(BaseModel):
    """An entry of a content file: unknown keys are faults, and nothing changes it once it is read."""

    class Config:
        extra = "forbid"
        allow_mutation = False
        frozen = True

    @classmethod
    def parse_obj(cls: type[_Record], obj: Any) -> _Record:
        """The entry; a key that YAML reads as something else (``no``, ``on``, ``1``) is an unknown key too."""
        named = {str(key): value for key, value in obj.items()} if isinstance(obj, dict) else obj
        return super().parse_obj(named)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file.

    Raises:
        ContentError: the file is missing, not UTF-8 or not YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except OSError as error:
        raise ContentError([Fault(str(path), "cannot be read", got=error.strerror)]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(
            [Fault(str(path), "is not YAML in UTF-8", got=" ".join(str(error).split()))]
        ) from error


def read_records(path: Path, key: str, kind: type[_Record]) -> list[_Record]:
    """The list under ``key`` of the file, each entry as a ``kind``.

    Raises:
        ContentError: with every fault of the file, not only the first.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise ContentError([Fault(str(path), f"has no list under {key!r}", expected=f"{key}: [...]")])
    records: list[_Record] = []
    faults: list[Fault] = []
    for number, entry in enumerate(content[key], start=1):
        try:
            records.append(kind.parse_obj(entry))
        except ValidationError as error:
            faults += record_faults(path, f"{key} {number}", error)
    if faults:
        raise ContentError(faults)
    return records


def record_faults(path: Path, place: str, error: ValidationError) -> list[Fault]:
    """What is wrong with one entry of a file, every fault with its place in the entry."""
    faults: list[Fault] = []
    for problem in error.errors():
        inside = ".".join(str(part) for part in problem["loc"] if part != "__root__")
        faults.append(Fault(str(path), f"{place}{', ' if inside else ''}{inside}: {problem['msg']}"))
    return faults
