"""Sessions: anonymous, signed, and rejected once deleted, expired or forged."""

from __future__ import annotations

import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

import pytest
from itsdangerous import TimestampSigner
from rasa.shared.exceptions import InvalidConfigException

from assistant.server.http.sessions import LIFETIME, Sessions, signing_key
from tests.servers import SESSION, RunningAssistant, Visitor, is_problem


def signed_days_ago(sessions: Sessions, days: float) -> str:
    """A token that was made a while ago with the same key."""
    moment = int((datetime.now(timezone.utc) - timedelta(days=days)).timestamp())
    with patch.object(TimestampSigner, "get_timestamp", return_value=moment):
        token, _ = sessions.open()
    return token


def key_of(server: RunningAssistant) -> bytes:
    return (server.state_dir / "session.key").read_bytes()


def test_a_new_session_has_a_token_and_ends_in_thirty_days(visitor: Visitor) -> None:
    answer = visitor.http.post(SESSION)
    assert answer.status_code == 201
    assert set(answer.json()) == {"token", "expires_at"}
    assert answer.json()["expires_at"].endswith("Z")
    ends = datetime.fromisoformat(answer.json()["expires_at"].replace("Z", "+00:00"))
    assert abs(ends - datetime.now(timezone.utc) - timedelta(days=30)) < timedelta(minutes=1)


def test_no_two_sessions_are_the_same(standin: RunningAssistant) -> None:
    tokens = {standin.visitor().token for _ in range(20)}
    assert len(tokens) == 20


def test_the_signing_key_is_kept_for_the_owner_alone(standin: RunningAssistant) -> None:
    path = standin.state_dir / "session.key"
    assert len(path.read_bytes()) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(standin.state_dir.stat().st_mode) == 0o700


def test_a_new_conversation_is_empty(visitor: Visitor) -> None:
    assert visitor.history() == []


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer rubbish",
        "Bearer a.b.c",
        "Bearer " + "x" * 5000,
        "Basic dXNlcjpwYXNzd29yZA==",
        "Bearer website-abcdefghijklmnopqrstuvwx",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "messages"), ("POST", "messages"), ("DELETE", "session")]
)
def test_without_a_valid_token_nothing_is_answered(
    standin: RunningAssistant, method: str, path: str, authorization: str | None
) -> None:
    http = standin.visitor().http
    del http.headers["Authorization"]
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = http.request(
        method, f"/webhooks/website/{path}", headers=headers, json={"id": "1", "text": "hi"}
    )
    assert is_problem(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_that_was_signed_with_another_key_is_worth_nothing(standin: RunningAssistant) -> None:
    token, _ = Sessions(b"x" * 32).open()
    assert is_problem(Visitor(standin.base_url, token=token).send(text="hello"), 401)


def test_a_changed_token_is_worth_nothing(visitor: Visitor) -> None:
    body, moment, signature = visitor.token.split(".")
    for changed in (f"{body[:-2]}AA.{moment}.{signature}", f"{body}.{moment}.{signature[:-2]}AA"):
        other = Visitor(str(visitor.http.base_url), token=changed)
        assert is_problem(other.send(text="hello"), 401)


def test_a_token_works_until_it_expires_and_not_longer(standin: RunningAssistant) -> None:
    sessions = Sessions(key_of(standin))
    young = signed_days_ago(sessions, LIFETIME.days - 0.01)
    old = signed_days_ago(sessions, LIFETIME.days + 0.01)
    assert Visitor(standin.base_url, token=young).send(text="does it hurt").status_code == 200
    assert is_problem(Visitor(standin.base_url, token=old).send(text="does it hurt"), 401)


def test_a_token_opens_its_own_conversation_only(standin: RunningAssistant) -> None:
    one, two = standin.visitor(), standin.visitor()
    one.say("does it hurt")
    assert two.history() == []
    two.erase()
    assert len(one.history()) == 2


def test_the_environment_may_give_the_key(tmp_path: Path) -> None:
    assert signing_key(tmp_path, "k" * 40) == b"k" * 40
    assert list(tmp_path.iterdir()) == []


def test_the_key_is_made_once(tmp_path: Path) -> None:
    assert signing_key(tmp_path, "") == signing_key(tmp_path, "")


@pytest.mark.parametrize(("given", "kept"), [("short", None), ("", b"short")])
def test_a_short_key_is_refused_with_advice(tmp_path: Path, given: str, kept: bytes | None) -> None:
    if kept is not None:
        (tmp_path / "session.key").write_bytes(kept)
    with pytest.raises(InvalidConfigException, match=r"got 5 .* / expected"):
        signing_key(tmp_path, given)
