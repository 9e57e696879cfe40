"""Checks settings, ports, storage, model and content, and reports what to fix: ``python -m scripts.doctor``."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from assistant.core.aftercare.guide import load_aftercare_wording
from assistant.core.aftercare.rulebook_files import load_rulebook
from assistant.core.content.clinic import Clinic, load_clinic, load_wording, phones, placeholders
from assistant.core.content.content import load_content
from assistant.core.content.issues import ContentError
from assistant.core.content.responses import Response, load_responses, response_files
from assistant.core.validation.clinic_files import OWN, broken_files
from assistant.settings import Settings, SettingsError, exposed_paths
from assistant.urls import DATABASE_EXAMPLE, REDIS_EXAMPLE, without_password
from scripts.serve import port_issue
from scripts.train import present_model

Finding = str
"""A problem and its fix."""

DATA = Path("data")
_ROOM = 1_000_000_000  # bytes of free space needed for conversations and logs


def main() -> int:
    """Return the exit code: 0 if nothing has to be fixed."""
    warnings.showwarning = lambda *_warning: None  # filters don't help: Sanic sets its own
    settings = usable_settings()
    failed = False
    for name, examine in EXAMINATIONS.items():
        findings = list(examine(settings))
        failed = failed or bool(findings)
        print(f"{'FIX' if findings else 'ok':<4}  {name}")
        for finding in findings:
            print(f"      {finding}")
    for word, lines in (("note", remarks), ("says", emergencies)):
        with contextlib.suppress(ContentError):  # reported as a finding above
            print(*(f"{word}  {line}\n" for line in lines(settings)), sep="", end="")
    return 1 if failed else 0


def ports(settings: Settings) -> Iterator[Finding]:
    """Check that the port is free."""
    issue = port_issue(settings)
    if issue:
        yield issue


def usable_settings() -> Settings:
    """Return the settings, with the default of each one that can't be used, which `values` reports."""
    try:
        return Settings.read()
    except SettingsError as error:
        wrong = set(map(Settings.variable, error.fields))
    unset = {name: os.environ.pop(name) for name in list(os.environ) if name.upper() in wrong}
    try:
        return Settings.read()
    finally:
        os.environ.update(unset)


def values(settings: Settings) -> Iterator[Finding]:
    """Check them as the channels read them."""
    from assistant.channels.slack.settings import Settings as SlackSettings

    try:
        SlackSettings.read()
    except SettingsError as error:
        yield from str(error).splitlines()
    if 0 < len(settings.session_key) < 32:
        yield "SESSION_KEY: too short; make one with `openssl rand -hex 32`"
    if settings.redis_url and not settings.database_url:
        yield "REDIS_URL without DATABASE_URL: replicas would share locks but not conversations; set both or none"


def frameworks(_settings: Settings) -> Iterator[Finding]:
    """Rasa and Sanic match the server's patches."""
    from assistant.server.rasa.compatibility import FIX, incompatibilities

    found = incompatibilities()
    yield from (*found, FIX) if found else ()


def state(settings: Settings) -> Iterator[Finding]:
    """Check that the state directory is private and writable, with free space."""
    folder = settings.state_dir
    exposed = exposed_paths(folder) if folder.exists() else []
    if exposed:
        yield f"{folder}: others can read {len(exposed)} of its files and folders; chmod -R go-rwx {folder}, or start"
    else:
        settings.make_state_dir()
    if not os.access(folder, os.W_OK | os.X_OK):
        yield f"{folder}: can't be written to; change its owner to the user that runs the assistant"
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        yield f"{folder}: only {free / 1e6:.0f} MB are free on its disk; make room, or set STATE_DIR elsewhere"


def database(settings: Settings) -> Iterator[Finding]:
    """Check that the database is reachable, if one is configured, and logs no words."""
    from sqlalchemy.exc import SQLAlchemyError

    from assistant.server.storage.database import engine_for
    from scripts.log_settings import postgres_findings

    url = settings.database_url
    if not url:
        return
    try:
        with engine_for(url).connect() as connection:
            if connection.dialect.name == "postgresql":
                yield from postgres_findings(connection)
    except (SQLAlchemyError, ValueError) as error:
        why = _reason(getattr(error, "orig", error), url)
        yield f"DATABASE_URL: {why}; expected {DATABASE_EXAMPLE} of a running PostgreSQL"


def redis(settings: Settings) -> Iterator[Finding]:
    """Check that Redis is reachable, if it is configured, and logs and stores nothing."""
    from redis import Redis, RedisError

    from scripts.log_settings import redis_findings

    url = settings.redis_url
    if not url:
        return
    try:
        yield from redis_findings(Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2), url)
    except (RedisError, ValueError) as error:
        yield f"REDIS_URL: {_reason(error, url)}; expected {REDIS_EXAMPLE} of a running Redis"


def _reason(error: BaseException, url: str) -> str:
    return without_password(" ".join(str(error).split()), url)


def model(_settings: Settings) -> Iterator[Finding]:
    """Check that there is a model for the current data."""
    if not present_model().exists():
        yield f"{present_model()}: there is no model for the present data; run `make train`"


def clinics_files(settings: Settings) -> Iterator[Finding]:
    """Check that the clinic's files are valid."""
    for broken in broken_files(OWN, DATA, settings.state_dir):
        yield from broken.lines()


def content(_settings: Settings) -> Iterator[Finding]:
    """Check that answers, facts and rules are consistent."""
    try:
        load_rulebook(DATA, Path("no clinic's"), load_content(DATA, None))
        load_aftercare_wording(DATA)
    except ContentError as error:
        yield from map(str, error.issues)


def remarks(settings: Settings) -> Iterator[str]:
    """Yield settings that work, but perhaps not as intended."""
    if settings.database_url and not settings.session_key:
        yield "SESSION_KEY is not set: each replica would make its own, and refuse the visitors of the others"
    clinic = clinic_in_force(settings)
    missing = [key for key in ("name", "phone", "emergency_number") if clinic and not getattr(clinic, key)]
    if missing:
        yield f"clinic/settings.yml: {', '.join(missing)} not given, so answers say it in general words"


def clinic_in_force(settings: Settings) -> Clinic | None:
    """Return the clinic's settings, or the last valid ones; None if there are neither."""
    path = OWN / "settings.yml"
    broken = broken_files(OWN, DATA, settings.state_dir)
    copy = next((each.copy for each in broken if each.path == path), path)
    return None if copy is None else load_clinic(copy)


def emergencies(settings: Settings) -> Iterator[str]:
    """Yield the urgent answers' sentences with a phone number, and the numbers that they link."""
    clinic = clinic_in_force(settings)
    if clinic is None:
        return
    wording = load_wording(DATA)
    words, known = placeholders(clinic, wording), phones(clinic, wording)
    for answer in urgent_answers():
        said = _told(answer.text, words)
        links = ", ".join(f"tel:{phone.number}" for phone in known.named_in(said)) or "none"
        yield f"{answer.metadata.alarm}: {said} (links: {links})"


def urgent_answers() -> Iterator[Response]:
    """Yield the answers to alarms."""
    for path in response_files(DATA):
        for variations in load_responses(path).values():
            yield from (answer for answer in variations if answer.metadata.alarm)


def _told(text: str, words: Mapping[str, str]) -> str:
    paragraphs = [part for part in text.replace("**", "").split("\n\n") if "{" in part]
    return " ".join(" ".join(paragraphs).format(**words).split())


EXAMINATIONS: dict[str, Callable[[Settings], Iterator[Finding]]] = {
    "settings": values,
    "ports": ports,
    "state directory": state,
    "frameworks": frameworks,
    "database": database,
    "redis": redis,
    "model": model,
    "clinic's files": clinics_files,
    "content": content,
}


if __name__ == "__main__":
    sys.exit(main())
