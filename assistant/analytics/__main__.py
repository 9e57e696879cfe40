"""Writes the report on the stored conversations: ``python -m assistant.analytics [--weeks N] [--to FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import sqlalchemy as sa
from pydantic import validator
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.analytics.anonymization import load_anonymiser
from assistant.analytics.clusters import sentence_encoder
from assistant.analytics.questions import read_questions
from assistant.analytics.report import make_report
from assistant.analytics.writer import write_report
from assistant.core.content.content import load_content
from assistant.nlu.text.spacy_pipeline import common_words
from assistant.settings import Settings, SettingsError

YES = frozenset({"yes", "true", "1", "on"})
NO = frozenset({"no", "false", "0", "off"})
DATA = Path("data")


class ReportSettings(Settings):
    """The assistant's settings and the report's own."""

    report_texts: bool = False
    """Show questions and comments, anonymized."""

    @validator("report_texts", pre=True)
    def _is_yes(cls, value: object) -> bool:
        word = str(value).lower()
        if word not in YES | NO:
            raise ValueError(f"neither yes nor no (got {word} / expected yes or no)")
        return word in YES


def main(arguments: Sequence[str] | None = None, given: Mapping[str, object] | None = None) -> int:
    """Return the exit code: 1 if there is no data or a setting is invalid."""
    try:
        settings = ReportSettings.read(given)
    except SettingsError as error:
        return _fail(str(error))
    return _write(_parser(settings).parse_args(arguments), settings)


def _write(options: argparse.Namespace, settings: ReportSettings) -> int:
    since = datetime.now(timezone.utc) - timedelta(weeks=options.weeks)
    try:
        questions = [each for each in read_questions(_database(settings)) if each.at >= since]
    except (SQLAlchemyError, FileNotFoundError) as error:
        return _fail(f"the conversations can't be read: {_cause(error)}")
    anonymiser = load_anonymiser(DATA, frozenset(common_words())) if settings.report_texts else None
    content = load_content(DATA, clinic=None)
    page = write_report(make_report(questions, content, sentence_encoder(), anonymiser), options.to)
    sys.stdout.write(f"{page}: {len(questions)} messages\n")
    return 0


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant.analytics", description=__doc__)
    parser.add_argument("--weeks", type=int, default=12, help="how far to look back (12)")
    folder = settings.state_dir / "report"
    parser.add_argument("--to", type=Path, default=folder, help=f"where to write it ({folder})")
    return parser


def _database(settings: Settings) -> Engine:
    if settings.database_url:
        return sa.create_engine(settings.database_url, hide_parameters=True)
    path = settings.conversations.resolve()
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
