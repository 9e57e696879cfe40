"""Signatures between the two servers."""

from __future__ import annotations

import pytest

from assistant.core.action_signature import is_signed_answer, is_signed_call, sign_answer, sign_call

KEY = "k" * 32
BODY = b'{"next_action": "action_tell_timeline"}'


def test_a_signed_call_is_recognized_and_no_two_are_alike() -> None:
    one, two = sign_call(KEY, BODY), sign_call(KEY, BODY)
    assert one != two
    assert is_signed_call(KEY, one, BODY)


@pytest.mark.parametrize(
    "header",
    [
        *("", ".", "a.b", "Bearer " + KEY, KEY, "é.é"),
        pytest.param(sign_call("x" * 32, BODY), id="by another key"),
        pytest.param(sign_call(KEY, BODY + b" "), id="of another call"),
    ],
)
def test_everything_else_is_no_signature_of_the_call(header: str) -> None:
    assert not is_signed_call(KEY, header, BODY)


def test_an_answer_fits_its_own_call_only() -> None:
    one, two = sign_call(KEY, BODY), sign_call(KEY, BODY)
    signature = sign_answer(KEY, one, b"{}")
    assert is_signed_answer(KEY, one, signature, b"{}")
    assert not is_signed_answer(KEY, two, signature, b"{}")
    assert not is_signed_answer(KEY, one, signature, b"{} ")
    assert not is_signed_answer(KEY, one, one, b"{}")
    assert not is_signed_answer("x" * 32, one, signature, b"{}")
    assert not is_signed_answer(KEY, one, "", b"{}")
