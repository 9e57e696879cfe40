"""nginx, PostgreSQL and Redis log no words, ids, links or addresses with the files of deploy/."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator

import httpx
import psycopg2  # type: ignore[import-untyped]
import pytest
from redis import AuthenticationError
from redis import Redis as Client

from assistant.settings import Settings
from scripts import doctor
from testbed.cluster.proxy import proxy_before
from testbed.cluster.services import Nginx, Postgres, Redis
from testbed.environment import free_port
from tests.cluster.conftest import need
from tests.servers import ROOT

POSTGRES = (ROOT / "deploy" / "postgresql.conf").read_text("utf-8")
REDIS = (ROOT / "deploy" / "redis.conf").read_text("utf-8")
WORD = "MARMALADE"
LINK = f"/webhooks/website/calendar/{WORD}.ics"


@pytest.fixture(scope="module")
def lonely_proxy() -> Iterator[Nginx]:
    """With a replica that doesn't answer, so that everything goes wrong."""
    need("nginx", "openssl")
    proxy = proxy_before([free_port()])
    yield proxy
    proxy.stop()


def raw(proxy: Nginx, request: bytes, *, tls: bool = True) -> None:
    """Bytes as no client would send them."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as plain:
        end = context.wrap_socket(plain) if tls else plain
        try:
            end.sendall(request)
            end.recv(1000)
        except OSError:
            pass  # nginx hangs up


def test_a_storm_on_a_link_and_a_dead_replica_leave_no_link_and_no_address(lonely_proxy: Nginx) -> None:
    with httpx.Client(base_url=f"https://127.0.0.1:{lonely_proxy.port}", verify=False) as visitor:
        headers = {"User-Agent": WORD, "Referer": f"https://{WORD}.example/", "X-Request-ID": WORD}
        seen = {visitor.get(LINK, headers=headers, params={"q": WORD}).status_code for _ in range(80)}
    assert {429, 502} <= seen
    assert_private(lonely_proxy)


@pytest.mark.parametrize(
    "request_",
    [
        f"{WORD} /{WORD} HTTP/1.1\r\nHost: {WORD}\r\n\r\n",
        f"GET /{WORD} HTTP/1.1\r\nHost: x\r\n{WORD} : {WORD}\r\n\r\n",
        f"GET /{WORD}\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        f"GET /{WORD} HTTP/9.9\r\n\r\n",
        f"POST /{WORD} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
        f"GET /{WORD * 2000} HTTP/1.1\r\nHost: x\r\n\r\n",
        f"{WORD}",
    ],
)
def test_a_request_that_is_none_leaves_no_word_of_it(lonely_proxy: Nginx, request_: str) -> None:
    raw(lonely_proxy, request_.encode())
    raw(lonely_proxy, request_.encode(), tls=False)
    assert_private(lonely_proxy)


def assert_private(proxy: Nginx) -> None:
    text = proxy.output()
    assert " 429 " in text or " 400 " in text or " 502 " in text
    assert WORD not in text
    assert "127.0.0.1" not in text


@pytest.fixture(scope="module")
def silent_postgres() -> Iterator[Postgres]:
    need("initdb", "postgres")
    service = Postgres(POSTGRES)
    yield service
    service.stop()


@pytest.fixture(scope="module")
def talkative_postgres() -> Iterator[Postgres]:
    """As it comes."""
    need("initdb", "postgres")
    service = Postgres()
    yield service
    service.stop()


def go_wrong(service: Postgres) -> None:
    """Fail in each way in which a statement with words is logged by default."""
    with psycopg2.connect(service.url) as one, one.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS events (id text PRIMARY KEY, data text)")
        cursor.execute("INSERT INTO events VALUES (%s, 'x') ON CONFLICT DO NOTHING", (WORD,))
    for statement in (
        "INSERT INTO events VALUES (%s, 'again')",  # DETAIL: Key (id)=(…) already exists
        "INSERT INTO nowhere VALUES (%s)",
        "SELECT %s FROM",
        "SELECT (%s || ' no number')::integer",
        "SET statement_timeout = 1; SELECT pg_sleep(1), %s",
    ):
        fail(service, statement)
    with psycopg2.connect(service.url) as holder, holder.cursor() as cursor:
        cursor.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")  # as pg_restore --clean does
        fail(service, "SET lock_timeout = 50; INSERT INTO events VALUES (%s, 'waits')")
    deadlock(service)


def fail(service: Postgres, statement: str) -> None:
    connection = psycopg2.connect(service.url)
    with connection.cursor() as cursor, pytest.raises(psycopg2.Error):
        cursor.execute(statement, (WORD,))
    connection.close()


def deadlock(service: Postgres) -> None:
    """Two statements that wait for each other; the log's DETAIL quotes both."""
    ends = [psycopg2.connect(service.url) for _ in range(2)]
    with ends[0].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(1)")
    with ends[1].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(2)")

    def wait(number: int) -> None:
        try:
            with ends[number].cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_lock({2 - number}), %s", (WORD,))
        except psycopg2.Error:
            ends[number].close()  # lets the other one go on

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


def test_postgresql_logs_no_word_of_what_goes_wrong(silent_postgres: Postgres) -> None:
    go_wrong(silent_postgres)
    assert WORD not in silent_postgres.output()
    assert "ready to accept connections" in silent_postgres.output()


def test_without_that_file_it_does(talkative_postgres: Postgres) -> None:
    go_wrong(talkative_postgres)
    assert talkative_postgres.output().count(WORD) >= 5


def test_the_doctor_finds_a_postgresql_that_logs_words(
    silent_postgres: Postgres, talkative_postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert list(doctor.database(Settings(database_url=silent_postgres.url))) == []
    found = list(doctor.database(Settings(database_url=talkative_postgres.url)))
    assert (
        "DATABASE_URL: PostgreSQL's log may hold what people write: log_min_error_statement is error "
        "(expected panic, as in deploy/postgresql.conf)"
    ) in found


@pytest.fixture
def silent_redis() -> Iterator[Redis]:
    need("redis-server")
    service = Redis(REDIS, password="long-and-secret")
    yield service
    service.stop()


def test_redis_asks_for_its_password_and_keeps_and_logs_nothing(silent_redis: Redis) -> None:
    with pytest.raises(AuthenticationError):
        Client.from_url(silent_redis.bare_url).ping()
    client = Client.from_url(silent_redis.url)
    client.set(f"limit:opened:{WORD}", 1)
    client.eval(f"for i = 1, 3e6 do end return '{WORD}'", 0)  # slow
    assert client.slowlog_len() == 0
    client.close()
    silent_redis.process.terminate()
    silent_redis.process.wait(20)
    assert WORD not in silent_redis.output()
    assert not [path for path in silent_redis.folder.iterdir() if path.suffix in (".rdb", ".aof")]


def test_the_doctor_finds_a_redis_without_password_that_stores(
    silent_redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert list(doctor.redis(Settings(redis_url=silent_redis.url))) == []
    open_one = Redis("save 60 1\nloglevel verbose\n")
    try:
        found = list(doctor.redis(Settings(redis_url=open_one.url)))
    finally:
        open_one.stop()
    assert found[0].startswith("REDIS_URL: Redis asks for no password")
    assert any("save is 60 1" in line for line in found)
    assert any("loglevel is verbose" in line for line in found)
