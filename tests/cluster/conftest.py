"""Services shared by these tests, which are skipped if the programs are not installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from testbed.cluster.programs import missing
from testbed.cluster.services import Postgres, Redis


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that all tests share; each conversation is somebody else's."""
    need("initdb", "postgres")
    service = Postgres()
    yield service
    service.stop()


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    """A Redis that all tests share."""
    need("redis-server")
    service = Redis()
    yield service
    service.stop()


@pytest.fixture(scope="session")
def nginx() -> None:
    """Each test starts its own; this says if there can be one."""
    need("nginx", "openssl")


@pytest.fixture(scope="session")
def programs() -> None:
    """For tests that start all of them by themselves."""
    need("initdb", "postgres", "redis-server", "nginx", "openssl")


def need(*programs: str) -> None:
    """Skips the test where one of these programs is not installed."""
    absent = missing(*programs)
    if absent:
        pytest.skip("no PostgreSQL, Redis or nginx here: apt-get install postgresql redis-server nginx-light")
