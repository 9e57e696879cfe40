"""PostgreSQL, Redis and nginx on free loopback ports, in temporary folders."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg2  # type: ignore[import-untyped]

from testbed.cluster.programs import program, unprivileged_user
from testbed.environment import free_port

_PATIENCE = 30.0  # seconds


class Service:
    """A program that can be killed and started again, on the same port, with the same data."""

    def __init__(self, user: str | None = None) -> None:
        """Starts it and waits until it answers."""
        self.port = free_port()
        self._user = user
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        if user:
            shutil.chown(self.folder, user)
        self._prepare()
        self.start()

    def start(self) -> None:
        """Starts it, also again."""
        log = (self.folder / "log.txt").open("ab")
        self.process = subprocess.Popen(
            self._command(), stdout=log, stderr=log, user=self._user, cwd=self.folder, start_new_session=True
        )
        _wait_until(self._answers, self)

    def stop(self) -> None:
        """Ends it in good order, and removes its data."""
        self._signal(self._stop_signal)
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self) -> None:
        """As a power cut does: the whole group of processes, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def output(self) -> str:
        """Return its output."""
        return (self.folder / "log.txt").read_text("utf-8", errors="replace")

    _stop_signal = signal.SIGTERM

    def _signal(self, number: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)

    def _prepare(self) -> None:
        pass

    def _command(self) -> Sequence[str]:
        raise NotImplementedError

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Postgres(Service):
    """An empty database, which asks for no password."""

    _stop_signal = signal.SIGINT  # doesn't wait for those who are connected

    def __init__(self, configuration: str = "") -> None:
        """As somebody who isn't root; the text of a `configuration` counts instead of the usual one."""
        self._configuration = configuration
        super().__init__(unprivileged_user())

    @property
    def url(self) -> str:
        """For DATABASE_URL."""
        return self.url_at(self.port)

    def url_at(self, port: int) -> str:
        """The same database by way of another port."""
        return f"postgresql://assistant@127.0.0.1:{port}/postgres"

    def _prepare(self) -> None:
        initdb = [
            str(program("initdb")),
            "-D",
            "data",
            "-U",
            "assistant",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
        ]
        subprocess.run(initdb, user=self._user, cwd=self.folder, check=True, capture_output=True)
        (self.folder / "own.conf").write_text(self._configuration, "utf-8")
        (self.folder / "own.conf").chmod(0o644)

    def _command(self) -> Sequence[str]:
        settings = (f"unix_socket_directories={self.folder}", "listen_addresses=127.0.0.1")
        own = ("config_file=own.conf",) if self._configuration else ()
        named = [word for setting in (*settings, *own) for word in ("-c", setting)]
        return [str(program("postgres")), "-D", "data", "-p", str(self.port), *named]

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True


class Redis(Service):
    """In memory only, as it is run for locks and limits."""

    def __init__(self, configuration: str = "", password: str = "") -> None:
        """With the text of a `configuration`, and without a password unless one is given."""
        self._configuration = configuration + (f'requirepass "{password}"\n' if password else "")
        self._password = password
        super().__init__()

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0" if self._password else self.bare_url

    @property
    def bare_url(self) -> str:
        """Without the password."""
        return f"redis://127.0.0.1:{self.port}/0"

    def _prepare(self) -> None:
        (self.folder / "redis.conf").write_text(self._configuration, "utf-8")

    def _command(self) -> Sequence[str]:
        given = ["--port", str(self.port), "--bind", "127.0.0.1"]
        return [
            str(program("redis-server")),
            "redis.conf",
            *given,
            *([] if self._configuration else ["--save", ""]),
        ]


class Nginx(Service):
    """With a configuration that is made from the port that it gets."""

    def __init__(self, configuration: Callable[[int, Path], str]) -> None:
        """`configuration` gets the port and the folder that everything may be written to."""
        self._configuration = configuration
        super().__init__()

    def _prepare(self) -> None:
        (self.folder / "nginx.conf").write_text(self._configuration(self.port, self.folder), "utf-8")

    def _command(self) -> Sequence[str]:
        name = str(self.folder / "nginx.conf")
        return [
            str(program("nginx")),
            "-p",
            str(self.folder),
            "-c",
            name,
            "-e",
            "stderr",
            "-g",
            "daemon off;",
        ]


def _wait_until(answers: Callable[[], bool], service: Service) -> None:
    until = time.monotonic() + _PATIENCE
    while not answers():
        if time.monotonic() > until or service.process.poll() is not None:
            raise RuntimeError(f"{type(service).__name__} did not start:\n{service.output()[-3000:]}")
        time.sleep(0.05)
