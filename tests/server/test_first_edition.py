"""A database that the first edition wrote opens, and its conversations go on.

tests/fakes/first_edition.sql holds conversations of October 2026: one with a date, two questions in one message, a
pressed button and a long tail; an open candidate check; one of August; an erased one; two of Slack's.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from itsdangerous import URLSafeTimedSerializer
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from assistant.core.aftercare.person import person_of
from assistant.core.screening.progress import read_progress
from assistant.server.storage import feedback
from assistant.server.storage.database import Cleaner
from assistant.server.storage.erasure import ErasedMeanwhileError
from assistant.server.storage.retention import delete_older
from assistant.server.storage.runtime_flags import CLOSED, read_flag, set_flag
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.storage.transcript import answer_to, history, offered_title
from tests.servers import MESSAGES, ROOT, RunningAssistant, Visitor, is_problem

DATED, SCREENING, OLD, ERASED = "website-dated", "website-screening", "website-old", "website-erased"
DIRECT = ConversationRef("T1", "U1", "dm", channel="D1").conversation
THREAD = ConversationRef("T1", "U2", "thread", channel="C1", thread="1696341600.000200").conversation
DOMAIN = Domain.load(str(ROOT / "domain.yml"))
KEY = b"0123456789abcdef0123456789abcdef"


def first_edition(path: Path) -> Path:
    with sqlite3.connect(path) as connection:
        connection.executescript((ROOT / "tests/fakes/first_edition.sql").read_text("utf-8"))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    store = ConversationStore(domain=DOMAIN, db=str(first_edition(tmp_path / "conversations.db")))
    yield store
    store.engine.dispose()


def days_since(year: int, month: int, day: int) -> int:
    return int(time.time() - datetime(year, month, day, tzinfo=timezone.utc).timestamp()) // 86_400


def test_the_history_is_read_as_it_was_said(store: ConversationStore) -> None:
    said = history(store, DATED)
    assert [message["text"] for message in said if message["role"] == "user"][:5] == [
        "how long will i be red",
        "i had it yesterday at 3pm",
        "can i wear makeup and does it hurt",
        "Where is this from?",  # a pressed button
        "/restart is what i typed",
    ]
    topics = [message["metadata"]["topic"] for message in said if message["role"] == "assistant"]
    assert topics[:4] == ["redness", "timeline", "after_makeup", "pain"]
    assert said[3]["custom"]["type"] == "timeline"
    assert said[0]["at"] == "2026-10-03T14:01:00.028Z"


async def test_the_date_of_the_session_is_known(store: ConversationStore) -> None:
    now = datetime(2026, 10, 4, tzinfo=timezone.utc)
    for conversation, day in ((DATED, "2026-10-02T15:00:00+02:00"), (DIRECT, "2026-10-20T12:00:00+02:00")):
        tracker = await store.retrieve(conversation)
        assert tracker is not None
        moment = person_of(tracker.get_slot("treatment"), None, now).treatment.moment
        assert moment is not None
        assert moment.at.isoformat() == day


async def test_a_candidate_check_is_as_far_as_it_was(store: ConversationStore) -> None:
    tracker = await store.retrieve(SCREENING)
    assert tracker is not None
    progress = read_progress(tracker.get_slot("candidate_check"))
    assert (progress.replies, progress.question) == ({"active_acne": "no"}, "keloids")


def test_a_message_sent_again_gets_the_answer_of_then(store: ConversationStore) -> None:
    assert [message["metadata"]["topic"] for message in answer_to(store, DATED, "w-3") or []] == [
        "after_makeup",
        "pain",
    ]
    assert answer_to(store, THREAD, "slack-1696341600.000200") is not None
    assert answer_to(store, DATED, "w-new") is None


def test_buttons_of_then_may_be_pressed(store: ConversationStore) -> None:
    assert offered_title(store, DATED, "/timeline") == "My personal timeline"
    assert offered_title(store, DATED, "/never_offered") is None


def test_ratings_hold(store: ConversationStore) -> None:
    assert feedback.given(store.engine, DATED) == {("w-1", 0): True, ("w-3", 1): False}
    assert [each["comment"] for each in feedback.kept(store.engine, DATED)][1] == "Does numbing cream help?"


async def test_what_was_erased_stays_erased(store: ConversationStore) -> None:
    assert store.is_erased(ERASED)
    tracker = store.init_tracker(ERASED)
    tracker.update(UserUttered("does it hurt", message_id="late"), DOMAIN)
    with pytest.raises(ErasedMeanwhileError):
        await store.save(tracker)
    assert store.said(ERASED) == []


async def test_a_turn_is_added_and_an_erasure_is_final(store: ConversationStore) -> None:
    tracker = await store.retrieve(DATED)
    assert tracker is not None
    for event in (
        UserUttered("and now?", message_id="w-new"),
        BotUttered("Now, too."),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event, DOMAIN)
    await store.save(tracker)
    assert [message["text"] for message in history(store, DATED)[-2:]] == ["and now?", "Now, too."]
    store.erase(DATED, datetime(2099, 1, 1, tzinfo=timezone.utc))
    assert store.kept(DATED) == []


def test_retention_deletes_what_is_too_old(store: ConversationStore) -> None:
    before = set(store.kept())
    assert delete_older(store, days_since(2026, 9, 1)) > 0
    assert before - set(store.kept()) == {OLD}
    assert feedback.given(store.engine, OLD) == {}
    assert delete_older(store, days_since(2026, 10, 10)) > 0
    assert store.kept() == []


def test_a_member_of_slack_erases_their_own(store: ConversationStore) -> None:
    store.erase_member("U1")
    assert (store.kept(DIRECT), store.kept(THREAD)) == ([], [THREAD])


def test_it_is_still_paused(store: ConversationStore) -> None:
    assert read_flag(store, CLOSED) is not None


def test_its_file_gives_back_free_pages_from_now_on(store: ConversationStore) -> None:
    Cleaner(store.engine).convert()
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA auto_vacuum").scalar() == 2
    assert len(history(store, SCREENING)) == 4


def test_a_visitor_of_then_goes_on(stub_project: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "session.key").write_bytes(KEY)
    opened = ConversationStore(domain=DOMAIN, db=str(first_edition(state / "conversations.db")))
    set_flag(opened, CLOSED, None)
    opened.engine.dispose()
    tokens = URLSafeTimedSerializer(
        KEY, salt="website-session", signer_kwargs={"digest_method": hashlib.sha256}
    )
    server = RunningAssistant(stub_project, state, tmp_path / "server.log", RETENTION_DAYS="3650")
    try:
        visitor = Visitor(server.base_url, token=str(tokens.dumps(DATED)))
        before = visitor.history()
        assert visitor.send(id="w-1", text="how long will i be red").json()["messages"][0] == {
            key: before[1][key] for key in ("text", "buttons", "metadata")
        }
        assert visitor.say("does it hurt")[0]["metadata"]["topic"] == "pain"
        assert len(visitor.history()) == len(before) + 2
        erased = Visitor(server.base_url, token=str(tokens.dumps(ERASED)))
        assert is_problem(erased.http.get(MESSAGES), 401)
    finally:
        server.stop()
