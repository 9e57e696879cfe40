"""Everything that is done with a message, piece by piece and without a trained model."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from spacy.tokens import Doc

from channels.erasing import is_order
from channels.lengths import is_too_long
from channels.problems import ProblemError
from channels.slack.mrkdwn import mentioned, mrkdwn, plain
from channels.website.bodies import read_message
from knowledge.aftercare.aftercare import load_occasions
from knowledge.alarms import load_alarms
from knowledge.candidate.own_conditions import Mention, own_conditions
from knowledge.candidate.questions import load_candidate_check
from knowledge.candidate.replies import Heard, read_reply
from knowledge.languages import load_languages
from knowledge.lexicon import load_lexicon
from knowledge.when import Treatment
from nlu.alarm_rules import AlarmRules
from nlu.boundaries import Boundaries
from nlu.following_up import is_added_condition, is_elliptic, shape
from nlu.hearing import Said, hear
from nlu.language import build_language, find_spans
from nlu.normalising import normalise, shortened
from nlu.orders import gives_orders
from nlu.spelling import SpellingCorrector
from nlu.stretches import asks_in_a_clause
from reporting.anonymising import Anonymiser

DATA = Path(__file__).resolve().parents[2] / "data"
NOW = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Europe/Madrid"))

Work = Callable[[str], object]


@lru_cache(maxsize=1)
def kinds_of_work() -> dict[str, Work]:
    """What is done with a message, by name; the first call loads the content."""
    language, alarms = build_language(load_lexicon(DATA)), load_alarms(DATA)
    rules = AlarmRules(language, alarms)
    occasions, languages, check = load_occasions(DATA), load_languages(DATA), load_candidate_check(DATA)
    spelling = SpellingCorrector(["redness", "swelling", "dermapen", "needling"], ["weather"])
    boundaries = Boundaries(["mark"], np.ones(1, np.float32), np.zeros((4, 5), np.float32), 0.0)
    reported = Anonymiser(frozenset({"red", "day"}))

    def read(text: str) -> Doc:
        return language(shortened(normalise(text)))

    def of_boundaries(text: str) -> object:
        words = list(read(text))
        return boundaries.log_odds(words, np.zeros((len(words), 4), np.float32)) if len(words) > 1 else None

    def conditions(text: str) -> object:
        mentions = [Mention("eczema", start) for start in range(0, len(text), 14)]
        return own_conditions(text, mentions, check.own)

    def of_dates(text: str) -> object:
        said = Said(text, "timeline", ["timeline"], {"activity": frozenset(occasions)})
        return hear(said, Treatment(), "either", NOW, frozenset(occasions))

    return {
        "length": is_too_long,
        "body": _read_or_refused,
        "order to delete": is_order,
        "from Slack": lambda text: (plain(text), mentioned(text)),
        "to Slack": mrkdwn,
        "normalising": normalise,
        "words": read,
        "spelling": spelling.correct,
        "lexicon": lambda text: find_spans(read(text)),
        "alarms": lambda text: rules.find(read(text)),
        "boundaries": of_boundaries,
        "questions": lambda text: asks_in_a_clause(read(text)),
        "follow-up": lambda text: [look(read(text)) for look in (shape, is_elliptic, is_added_condition)],
        "dates": of_dates,
        "conditions": conditions,
        "reply": lambda text: read_reply(Heard(text, False, False, True), check.replies),
        "language": lambda text: languages.recognise(text, frozenset({"red"})),
        "orders": gives_orders,
        "report": reported.clean,
    }


def _read_or_refused(text: str) -> object:
    with suppress(ProblemError):
        return read_message("application/json", json.dumps({"id": "1", "text": text}).encode())
    return None
