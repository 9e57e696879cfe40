"""Hosts, origins and database URLs as settings give them, checked without ever quoting a password."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LARGEST_PORT: Final = 65535
_APP_SCHEMES: Final = ("capacitor", "ionic", "tauri")
"""Schemes of the pages inside of mobile and desktop applications."""
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_EXAMPLE: Final = "https://clinic.example"


def read_hosts(text: str) -> Iterator[str]:
    """Yield each host of a comma-separated list as browsers send it.

    Raises:
        ValueError: a name that no host can have.
    """
    for given in filter(None, (part.strip() for part in text.split(","))):
        try:
            host = _host(given.lower().rstrip("."))
        except ValueError:
            host = ""
        if not _is_host(host):
            raise ValueError(
                f"not a host (got {given!r} / expected bot.example.org, without scheme and port; "
                f"several with commas between them)"
            )
        yield host


def read_origins(text: str) -> Iterator[str]:
    """Yield each origin of a comma-separated list as browsers send it.

    Raises:
        ValueError: an origin that no page can have.
    """
    if re.search(r"[\"'“”‘’]", text):
        raise ValueError(
            f"no quotes around or inside the list (expected {_EXAMPLE},https://www.clinic.example)"
        )
    for given in filter(None, (part.strip() for part in text.split(","))):
        yield "*" if given == "*" else _origin(given)


def _origin(given: str) -> str:
    if re.search(r"[\s;|]", given):
        raise ValueError(
            f"several origins need commas between them (expected {_EXAMPLE},https://www.clinic.example)"
        )
    if "@" in given:
        raise ValueError(f"an origin holds no user name or password (expected {_EXAMPLE})")
    try:
        split = urlsplit(given)
        host, port = _host(split.hostname or ""), split.port
    except ValueError:
        raise _not_an_origin(given, _EXAMPLE) from None
    if split.scheme not in (*_DEFAULT_PORTS, *_APP_SCHEMES) or not host:
        raise _not_an_origin(given, _with_scheme(given))
    origin = _written(split.scheme, host, port)
    if "*" in host and host != "*":
        raise _not_an_origin(
            given, f"each host by its name, such as {origin.replace('*', 'www', 1)}, or * alone"
        )
    if not _is_host(host) or port == 0:
        raise _not_an_origin(given, _EXAMPLE)
    if _has_more(split):
        raise _not_an_origin(given, origin)
    return origin


def _not_an_origin(given: str, expected: str) -> ValueError:
    return ValueError(f"not an origin (got {given!r} / expected {expected})")


def _with_scheme(given: str) -> str:
    """Return the form that was probably meant by a text without a usable scheme."""
    host = re.split(r"[/?#]", re.sub(r"^\w*:?/+", "", given.lower()))[0]
    name = host.partition(":")[0]
    return f"https://{host}" if "." in name and _is_host(name) else f"{_EXAMPLE} or *"


def _host(name: str) -> str:
    """Return a host in the form that browsers send: lower case, and international names as ``xn--…``."""
    if ":" in name and "%" not in name:
        return f"[{ipaddress.IPv6Address(name).compressed}]"
    if name.isascii():
        return name
    import idna  # the action server, which needs no origins, has no such package

    return str(idna.encode(name, uts46=True).decode("ascii"))


def _is_host(host: str) -> bool:
    if host.startswith("["):
        return True
    *_, last = labels = host.split(".")
    if last.isdigit() or last.startswith("0x"):
        return re.fullmatch(r"\d+(\.\d+){3}", host) is not None and all(
            str(int(label)) == label and int(label) < 256 for label in labels
        )
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


def _written(scheme: str, host: str, port: int | None) -> str:
    return f"{scheme}://{host}" if port in (None, _DEFAULT_PORTS.get(scheme)) else f"{scheme}://{host}:{port}"


def _has_more(split: SplitResult) -> bool:
    """Tell whether anything follows the host and the port; a slash may."""
    return bool(split.path.strip("/") or split.query or split.fragment)


DATABASES: Final = ("postgresql", "postgres", "postgresql+psycopg2", "sqlite")
DATABASE_EXAMPLE: Final = "postgresql://USER:PASSWORD@HOST:5432/DATABASE"
REDISES: Final = ("redis", "rediss", "unix")
REDIS_EXAMPLE: Final = "redis://:PASSWORD@HOST:6379/0"
_ENCODED: Final = {"@": "%40", "/": "%2F", "?": "%3F", "#": "%23", "[": "%5B", "]": "%5D"}


def check_url(url: str, schemes: tuple[str, ...], example: str, forbidden: str) -> str:
    """Return the URL of a database if it can be used.

    Args:
        url: the URL, which may hold a password.
        schemes: what it may begin with.
        example: its form, for errors.
        forbidden: signs that have to be percent-encoded in the user's name and the password.

    Raises:
        ValueError: with a sentence that quotes no part of the URL but its scheme.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        raise ValueError(f"not a URL (expected {example})")
    if scheme not in schemes:
        raise ValueError(f"unknown kind of database (got {scheme}:// / expected {example})")
    if re.search(r"\s", url):
        raise ValueError(f"holds a space or a line break (expected {example})")
    if scheme != "sqlite":
        _check_authority(rest, example, forbidden)
    return url


def _check_authority(rest: str, example: str, forbidden: str) -> None:
    user, host = _user_and_host(rest)
    for sign in forbidden:
        if sign in user:
            raise ValueError(
                f"{sign} in the user's name or the password has to be written as {_ENCODED[sign]} (expected {example})"
            )
    form = r"(?:\[[0-9a-fA-F:.]+\]|[^:\[\]]*)(?::(\d{1,5}))?"
    parts = re.fullmatch(form, re.split(r"[/?#]", host)[0])
    if parts is None or not 0 < int(parts[1] or 1) <= _LARGEST_PORT:
        raise ValueError(f"the port is not a number from 1 to {_LARGEST_PORT} (expected {example})")


def _user_and_host(rest: str) -> tuple[str, str]:
    """Split at the last @ that can end the password; one in the query is another thing."""
    before_query = rest.rpartition("?")[0]
    authority = before_query if "@" in before_query else rest
    user, separator, _ = authority.rpartition("@")
    return user, rest[len(user) + len(separator) :]


def without_password(text: str, url: str) -> str:
    """Return the text without any part of the URL's password, however a library has cut it."""
    user = _user_and_host(url.partition("://")[2])[0]
    given = [user.partition(":")[2], *re.findall(r"password=([^&]*)", url)]
    passwords = {*given, *map(unquote, given)}
    parts = {part for password in passwords for part in (password, *re.split(r"\W+", password))}
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, "…") if len(part) > 2 else text
    return text
