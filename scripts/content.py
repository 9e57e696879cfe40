"""Writes the files that are generated from the content: ``python -m scripts.content``."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.core.content.issues import ContentError
from assistant.core.content.topics import generated_files


def main(root: Path = Path()) -> int:
    """Write what is out of date and print its path; return the exit code."""
    try:
        wanted = generated_files(root)
    except ContentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path, text in wanted.items():
        _write(path, text)
    return 0


def _write(path: Path, text: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{path} written\n")


if __name__ == "__main__":
    sys.exit(main())
