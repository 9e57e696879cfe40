"""Invalid requests get the documented problem and change no other conversation."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.servers import MESSAGES, RunningAssistant, Visitor, is_problem

MANY = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def bystander(standin: RunningAssistant) -> Iterator[Visitor]:
    """Somebody else, whose conversation has to be the same afterwards."""
    somebody = standin.visitor()
    somebody.say("does it hurt")
    somebody.say("show me options")
    before = somebody.history()
    yield somebody
    assert somebody.history() == before


@pytest.fixture(scope="module")
def intruder(standin: RunningAssistant, bystander: Visitor) -> Visitor:
    """Whoever sends all this."""
    return standin.visitor()


BAD_TEXTS = {
    "empty": ("", 400),
    "white space": (" \n\t\u2003\u00a0 ", 400),
    "1,001 characters": ("x" * 1001, 413),
    "1,001 emoji": ("😀" * 1001, 413),
    "signs that stand for 18 letters each": ("\ufdfa" * 56, 413),
    "signs that stand for two": ("\u2047" * 501, 413),
    "letters that get longer in lower case": ("\u0130" * 501, 413),
    "more than the server reads": ("x" * 20000, 413),
    "a null character": ("a\x00b", 400),
    "a bell": ("a\x07b", 400),
    "an escape sequence": ("\x1b[31mred", 400),
    "a delete": ("a\x7f", 400),
    "a control character of the second kind": ("a\x85b\x9b", 400),
    "only control characters": ("\x01\x02", 400),
}


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_text_that_can_not_be_a_message(intruder: Visitor, name: str) -> None:
    text, status = BAD_TEXTS[name]
    assert is_problem(intruder.send(text=text), status)


BAD_BODIES: dict[str, tuple[bytes, int]] = {
    "no body": (b"", 400),
    "white space": (b"  ", 400),
    "not JSON": (b"hello", 400),
    "broken JSON": (b'{"id": "1", "text": "hi"', 400),
    "two values": (b'{"id": "1", "text": "hi"} {}', 400),
    "broken UTF-8": (b'{"id": "1", "text": "\xff\xfe"}', 400),
    "UTF-16": ('{"id": "1", "text": "hi"}'.encode("utf-16"), 400),
    "a byte order mark": (b'\xef\xbb\xbf{"id": "1", "text": "hi"}', 400),
    "half a surrogate pair": (b'{"id": "1", "text": "\\ud83d"}', 400),
    "half a surrogate pair as payload": (b'{"id": "1", "payload": "\\ud83d"}', 403),
    "half a surrogate pair as id": (b'{"id": "\\ud83d", "text": "hi"}', 400),
    "half a surrogate pair as a key": (b'{"id": "1", "text": "hi", "\\ud83d": 1}', 400),
    "null": (b"null", 400),
    "a list": (b"[]", 400),
    "a string": (b'"hello"', 400),
    "a number": (b"1", 400),
    "NaN": (b'{"id": "1", "text": NaN}', 400),
    "an empty object": (b"{}", 400),
    "no id": (b'{"text": "hi"}', 400),
    "an empty id": (b'{"id": "", "text": "hi"}', 400),
    "an id with a line end": (b'{"id": "1\\n", "text": "hi"}', 400),
    "an id that is a number": (b'{"id": 1, "text": "hi"}', 400),
    "an id of 101 characters": (json.dumps({"id": "x" * 101, "text": "hi"}).encode(), 400),
    "an id that can't be printed": (b'{"id": "\\u0007", "text": "hi"}', 400),
    "no text": (b'{"id": "1"}', 400),
    "a text that is null": (b'{"id": "1", "text": null}', 400),
    "a text that is a list": (b'{"id": "1", "text": ["hi"]}', 400),
    "text and payload": (b'{"id": "1", "text": "hi", "payload": "/pain"}', 400),
    "a payload of 1,001 characters": (b'{"id": "1", "payload": "/%b"}' % (b"x" * 1000), 413),
    "an empty payload": (b'{"id": "1", "payload": ""}', 400),
    "a payload that is an object": (b'{"id": "1", "payload": {}}', 400),
    "a field too many": (b'{"id": "1", "text": "hi", "sender": "website-somebody"}', 400),
    "a time zone that is a number": (b'{"id": "1", "text": "hi", "timezone": 2}', 400),
    "a very deep list": (b"[" * 16000, 400),
    "a very deep object": (b'{"a":' * 3000, 400),
    "a key twice": (b'{"id": "1", "text": "hi", "text": "ho"}', 400),
    "a very long number": (b'{"id": ' + b"1" * 10000 + b"}", 400),
    "too much of it": (b" " * 16385, 413),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_body_that_can_not_be_a_message(intruder: Visitor, name: str) -> None:
    body, status = BAD_BODIES[name]
    assert is_problem(intruder.send_raw(body), status)


def test_no_body_is_too_deep_to_be_refused(intruder: Visitor) -> None:
    """At some depth the body can still be read, and what looks at it afterwards reaches the end of Python's stack."""
    for depth in range(940, 1001):
        for inner in (b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth):
            assert is_problem(intruder.send_raw(b'{"id": "1", "text": %b}' % inner), 400), depth


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
    ],
)
def test_a_body_that_is_not_declared_as_json(intruder: Visitor, content_type: str | None) -> None:
    assert is_problem(intruder.send_raw(b'{"id": "1", "text": "hi"}', content_type), 415)


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_be_declared_in_more_than_one_way(intruder: Visitor, content_type: str) -> None:
    assert intruder.send_raw(b'{"id": "declared", "text": "hi"}', content_type).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/widget.css", 404),
        ("GET", "/webhooks/rest/webhook", 404),
        ("POST", "/webhooks/rest/webhook", 404),
        ("GET", "/socket.io/", 404),
        ("GET", "/model", 404),
        ("GET", "/status", 404),
        ("GET", "/conversations/default/tracker", 404),
        ("GET", "/webhooks/website/", 404),
        ("GET", "/%ff%fe", 404),
        ("GET", "/..%2f..%2fetc/passwd", 404),
        ("PUT", MESSAGES, 405),
        ("OPTIONS", MESSAGES, 405),
        ("OPTIONS", "/", 405),
        ("POST", "/", 405),
        ("GET", "/webhooks/website/session", 405),
        ("DELETE", "/health/live", 405),
        ("RUBBISH", MESSAGES, 405),
    ],
)
def test_a_place_or_a_method_that_is_not_there(
    intruder: Visitor, method: str, path: str, status: int
) -> None:
    assert is_problem(intruder.http.request(method, path), status)


# --- Heads that no HTTP client would send

HEADS = {
    "no HTTP at all": b"rubbish\r\n\r\n",
    "an unknown version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "a line that is no header": b"GET / HTTP/1.1\r\nHost: x\r\nrubbish\r\n\r\n",
    "an address that is none": b"GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
    "a path that is not UTF-8": b"GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    "a length that is no number": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    "a negative length": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nhello",
    "two lengths": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "a length and chunks": b"POST %b HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an unknown coding": b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nhello",
    "chunks without a size": b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
    "an unknown expectation": b"POST %b HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\nx",
    "a head of 20,000 bytes": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 20000 + b"\r\n\r\n",
    "a body of 1 GB": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n",
}


def first_answer(server: RunningAssistant, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        answer = connection.recv(65536)
        while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
            more = connection.recv(65536)
            if not more:
                break
            answer += more
    return answer


@pytest.mark.parametrize("name", HEADS)
def test_a_request_that_is_no_http(standin: RunningAssistant, bystander: Visitor, name: str) -> None:
    answer = first_answer(standin, HEADS[name].replace(b"%b", MESSAGES.encode()))
    status = int(answer.split(b" ", 2)[1])
    assert 400 <= status < 500
    assert b"application/problem+json" in answer
    assert b"Traceback" not in answer


# --- Properties


def holds_the_contract(answer: httpx.Response) -> bool:
    if answer.status_code == 200:
        return bool(answer.json()["messages"])
    return 400 <= answer.status_code < 500 and is_problem(answer, answer.status_code)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
MESSAGE_LIKE = st.dictionaries(
    st.sampled_from(["id", "text", "payload", "timezone", "sender", ""]), JSON | st.text()
)


@MANY
@given(body=st.binary(max_size=3000))
def test_any_bytes_are_answered_or_refused(intruder: Visitor, body: bytes) -> None:
    assert holds_the_contract(intruder.send_raw(body))


@MANY
@given(body=JSON | MESSAGE_LIKE)
def test_any_json_is_answered_or_refused(intruder: Visitor, body: object) -> None:
    assert holds_the_contract(intruder.send_raw(json.dumps(body).encode()))


@MANY
@given(text=st.text(alphabet=st.characters(), max_size=1100) | st.from_regex(r"\A\s*/\w+(@1\.0)?(\{.*\})?\Z"))
def test_any_text_is_answered_or_refused(standin: RunningAssistant, bystander: Visitor, text: str) -> None:
    visitor = standin.visitor()  # a new one each time: Rasa gets slower with each message of a conversation
    answer = visitor.send_raw(json.dumps({"id": "1", "text": text}).encode())
    assert holds_the_contract(answer)
    if answer.status_code == 200:
        assert visitor.history()[0]["text"] == text.strip().replace("\r\n", "\n")


@MANY
@given(token=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_no_made_up_token_is_believed(intruder: Visitor, token: str) -> None:
    answer = intruder.http.get(MESSAGES, headers={"Authorization": f"Bearer {token}"})
    assert is_problem(answer, 401)
