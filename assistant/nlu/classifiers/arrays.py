"""Files of arrays and plain values, which can be loaded without running code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

_PLAIN = "json:"


def write_arrays(path: Path, part: Any) -> None:
    """Write a dataclass of arrays, plain values (lists, mappings, numbers) and further such dataclasses."""
    with path.open("wb") as file:
        np.savez(file, **dict(_flat(part)))


def read_arrays(path: Path) -> dict[str, Any]:
    """Return the fields that ``write_arrays`` wrote; those of inner dataclasses as dictionaries."""
    fields: dict[str, Any] = {}
    with np.load(path, allow_pickle=False) as file:
        for name in file:
            *outer, inner = name.removeprefix(_PLAIN).split(".")
            value = json.loads(file[name].tobytes()) if name.startswith(_PLAIN) else file[name]
            (fields.setdefault(outer[0], {}) if outer else fields)[inner] = value
    return fields


def _flat(part: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for field, value in vars(part).items():
        name = f"{prefix}{field}"
        if field.startswith("_"):  # derived from the others
            continue
        if is_dataclass(value):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, np.ndarray):
            yield name, value
        else:  # a numpy array of texts would pad each to the longest
            yield f"{_PLAIN}{name}", np.frombuffer(json.dumps(value).encode(), dtype=np.uint8)
