"""Writes the report on the stored conversations: ``python -m assistant.analytics [--weeks N] [--to FOLDER]``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.analytics.anonymization import load_anonymiser
from assistant.analytics.clusters import sentence_encoder
from assistant.analytics.questions import read_questions
from assistant.analytics.report import make_report
from assistant.analytics.writer import write_report
from assistant.core.content.content import load_content
from assistant.nlu.spacy_pipeline import dictionary_words

YES = frozenset({"yes", "true", "1", "on"})
NO = frozenset({"", "no", "false", "0", "off"})
DATA = Path("data")


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Return the exit code: 1 if there is no data or a setting is invalid."""
    options = _parser(environment).parse_args(arguments)
    shows = environment.get("REPORT_TEXTS", "").lower()
    if shows not in YES | NO:
        return _fail(f"REPORT_TEXTS: neither yes nor no (got {shows} / expected yes or no)")
    since = datetime.now(timezone.utc) - timedelta(weeks=options.weeks)
    try:
        questions = [each for each in read_questions(_database(environment)) if each.at >= since]
    except (SQLAlchemyError, FileNotFoundError) as error:
        return _fail(f"the conversations can't be read: {_cause(error)}")
    anonymiser = load_anonymiser(DATA, frozenset(dictionary_words())) if shows in YES else None
    content = load_content(DATA, clinic=None)
    page = write_report(make_report(questions, content, sentence_encoder(), anonymiser), options.to)
    sys.stdout.write(f"{page}: {len(questions)} messages\n")
    return 0


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant.analytics", description=__doc__)
    parser.add_argument("--weeks", type=int, default=12, help="how far to look back (12)")
    folder = Path(environment.get("STATE_DIR") or ".state", "report")
    parser.add_argument("--to", type=Path, default=folder, help=f"where to write it ({folder})")
    return parser


def _database(environment: Mapping[str, str]) -> Engine:
    url = environment.get("DATABASE_URL")
    if url:
        return sa.create_engine(url, hide_parameters=True)
    path = Path(environment.get("STATE_DIR") or ".state", "conversations.db").resolve()
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there yet: has anybody talked to the assistant?")
    return sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", hide_parameters=True)


def _cause(error: Exception) -> str:
    # a database's message may contain user text or its password
    return str(error) if isinstance(error, FileNotFoundError) else type(error).__name__


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
