"""Verifying a nearly correct token takes no longer: comparison is constant-time."""

from __future__ import annotations

import hmac
import time

import pytest

from assistant.channels.slack.http import is_signed
from assistant.server.http.sessions import Sessions
from tests.fakes.slack.deliveries import signed

Compared = list[tuple[object, object]]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compared:
    """What was given to the comparison whose time doesn't depend on how much is right."""
    found: Compared = []
    honest = hmac.compare_digest

    def watched(one: str, two: str) -> bool:
        found.append((one, two))
        return honest(one, two)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    return found


def test_signatures_are_compared_in_constant_time(compared: Compared) -> None:
    sessions = Sessions(b"k" * 32)
    token, _ = sessions.open()
    compared.clear()
    for wrong in (token[:-20] + "A" * 20, token[:-43] + "A" * 43):
        assert sessions.recognise(wrong) is None
    assert len(compared) == 2


def test_slacks_signatures_are_too(compared: Compared) -> None:
    moment = time.time()
    good = signed("s" * 32, b"{}", moment)["X-Slack-Signature"]
    assert is_signed("s" * 32, str(int(moment)), good, b"{}")
    for wrong in (good[:-1] + "x", "v0=" + "x" * 64):
        assert not is_signed("s" * 32, str(int(moment)), wrong, b"{}")
    assert [given for _, given in compared] == [good, good[:-1] + "x", "v0=" + "x" * 64]
