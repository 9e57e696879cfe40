"""Checking a token takes as long for one that is nearly right: the comparison itself is one that doesn't tell."""

from __future__ import annotations

import hmac

import pytest

from channels.website.sessions import Sessions


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    honest = hmac.compare_digest

    def watched(one: bytes, two: bytes) -> bool:
        compared.append((one, two))
        return honest(one, two)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    sessions = Sessions(b"k" * 32)
    token, _ = sessions.open()
    compared.clear()
    for wrong in (token[:-20] + "A" * 20, token[:-43] + "A" * 43):
        assert sessions.recognise(wrong) is None
    assert len(compared) == 2
