"""Origins that can never match are refused with the right form, and errors quote no password."""

from __future__ import annotations

import pytest

from assistant.settings import Settings, SettingsError
from assistant.urls import without_password

LIST = "https://clinic.example,https://www.clinic.example"


def refusal_of(**given: str) -> str:
    with pytest.raises(SettingsError) as refusal:
        Settings.read(given)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://*.clinic.example", "each host by its name, such as https://www.clinic.example, or * alone"),
        ("http://*.a.clinic.example:8080", "each host by its name, such as http://www.a.clinic.example:8080"),
        ("*.clinic.example", "https://clinic.example or *"),
        ("https://clinic.example/contact", "https://clinic.example)"),
        ("https://shop.clinic.example:8443/?lang=en", "https://shop.clinic.example:8443)"),
        ("https://clinic.example#chat", "https://clinic.example)"),
        ("https://clinic.example https://b.example", LIST),
        ("https://clinic.example; https://b.example", LIST),
        ("https://clinic.example\nhttps://b.example", LIST),
        ('"https://clinic.example"', LIST),
        ("https://a.example,'https://b.example'", LIST),
        ("www.clinic.example", "https://www.clinic.example)"),
        ("clinic.example/contact", "https://clinic.example)"),
        ("https:/clinic.example", "https://clinic.example)"),
        ("htps://clinic.example", "https://clinic.example)"),
        ("ftp://clinic.example", "https://clinic.example)"),
        ("null", "https://clinic.example or *"),
        ("https://", "https://clinic.example or *"),
        ("https://clinic.example:0", "https://clinic.example)"),
        ("https://clinic.example:https", "https://clinic.example)"),
        ("https://clinic..example", "https://clinic.example)"),
        ("https://127.1", "https://clinic.example)"),
    ],
)
def test_an_origin_that_no_page_can_have_is_refused_with_the_right_form(given: str, expected: str) -> None:
    said = refusal_of(allowed_origins=given)
    assert said.startswith("ALLOWED_ORIGINS: ")
    assert f"expected {expected}" in said


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://clinic.example:443", "https://clinic.example"),
        ("http://clinic.example:80/", "http://clinic.example"),
        ("HTTPS://Clinic.Example", "https://clinic.example"),
        ("https://klinik-müller.example", "https://xn--klinik-mller-klb.example"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://192.168.0.10:3000", "http://192.168.0.10:3000"),
        ("capacitor://localhost", "capacitor://localhost"),
        ("*", "*"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(given: str, origin: str) -> None:
    assert Settings.read({"allowed_origins": given}).allowed_origins == {origin}


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ("bot.example.org, Chat.Example.org", {"bot.example.org", "chat.example.org"}),
        ("bücher.example", {"xn--bcher-kva.example"}),
        ("BÜCHER.example,straße.example", {"xn--bcher-kva.example", "xn--strae-oqa.example"}),
        ("192.168.0.10,localhost,a.example.", {"192.168.0.10", "localhost", "a.example"}),
    ],
)
def test_a_host_is_written_as_browsers_send_it(given: str, hosts: set[str]) -> None:
    assert Settings.read({"allowed_hosts": given}).allowed_hosts == hosts


@pytest.mark.parametrize(
    "given",
    ["https://bot.example.org", "bot.example.org:443", "*.example.org", "a.example b.example", "bot..example",
     "bücher_.example/", '"bot.example.org"', "-bot.example"],
)  # fmt: skip
def test_a_host_that_no_server_can_have_is_refused(given: str) -> None:
    assert "ALLOWED_HOSTS: not a host" in refusal_of(allowed_hosts=given)


def test_a_password_in_an_origin_is_not_quoted() -> None:
    assert "SECRET" not in refusal_of(allowed_origins="https://user:SECRET@clinic.example")


@pytest.mark.parametrize(
    "given", ["mysql://u:SECRET@h/db", "mongodb+srv://u:SECRET@h", "postgresql+asyncpg://u:SECRET@h/d"]
)
def test_an_unknown_kind_of_database_is_told_in_a_sentence(given: str) -> None:
    scheme = given.partition("://")[0]
    assert refusal_of(database_url=given) == (
        f"DATABASE_URL: unknown kind of database (got {scheme}:// / "
        f"expected postgresql://USER:PASSWORD@HOST:5432/DATABASE)"
    )


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("database_url", "postgresql://u:pa@SECRET@127.0.0.1:1/db", "@ in the user's name or the password"),
        ("database_url", "postgresql://u:SECRET:h:x/db", "the port is not a number"),
        ("database_url", "postgresql://u:SECRET@h:99999/db", "the port is not a number from 1 to 65535"),
        ("database_url", "postgresql://u:SECRET@h:0/db", "the port is not a number from 1 to 65535"),
        ("redis_url", "redis://:SECRET@[::1]:70000/0", "the port is not a number from 1 to 65535"),
        ("database_url", "postgresql://u:SECRET word@h/db", "holds a space"),
        ("database_url", "u:SECRET@h/db", "not a URL"),
        (
            "redis_url",
            "redis://:pa#SECRET@h:6379/0",
            "# in the user's name or the password has to be written as %23",
        ),
        ("redis_url", "redis://:pa/SECRET@h", "has to be written as %2F"),
        ("redis_url", "redis://:pa@SECRET@h", "has to be written as %40"),
        ("redis_url", "http://:SECRET@h", "unknown kind of database (got http://"),
    ],
)
def test_a_url_that_cannot_be_used_is_explained_without_its_password(
    field: str, given: str, said: str
) -> None:
    told = refusal_of(**{field: given})
    assert said in told
    assert "SECRET" not in told


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://u:p#a/s?s%25@h:5432/db?sslmode=require",
        "postgres://u:p%40ss@h/db",
        "postgresql+psycopg2://u@[::1]:5432/db",
        "postgresql:///db?host=/run/postgresql",
        "sqlite:////var/lib/assistant/conversations.db",
    ],
)
def test_a_url_that_can_be_used_stays_as_it_is(given: str) -> None:
    assert Settings.read({"database_url": given}).database_url == given


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("postgresql://u:pa%40SECRET@h/db", "could not translate host name SECRET@h"),
        ("postgresql://u:pa%40SECRET@h/db", "no such host: pa@SECRET"),
        ("postgresql://h/db?password=SECRET", 'invalid option "SECRET"'),
        ("redis://:one-SECRET@h", "Port could not be cast to integer value as 'SECRET'"),
    ],
)
def test_no_part_of_a_password_is_left_in_a_librarys_message(url: str, text: str) -> None:
    assert "SECRET" not in without_password(text, url)
