"""Tests of the supervisor, with small commands in place of the two servers."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from assistant.core.validation.clinic_files import VARIABLE
from assistant.settings import Settings, SettingsError
from scripts.serve import commands, connection, port_issue, settle_clinic
from testbed.environment import free_port

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from pathlib import Path
from scripts.serve import serve
one, two, port, log = sys.argv[1:]
sys.exit(serve({"one": ["sh", "-c", one], "two": ["sh", "-c", two]}, ("127.0.0.1", int(port)), Path(log)))
"""
LASTING = "exec sleep 600"
HEEDLESS = "trap '' TERM; while :; do sleep 1; done"


class Supervised:
    """``serve`` in a process group of its own, as a terminal starts it."""

    def __init__(self, log: Path, one: str, two: str, port: int = 1, by: Sequence[str] = ()) -> None:
        self.log = log
        self.process = psutil.Popen(
            [*by, sys.executable, "-c", SERVE, one, two, str(port), str(log)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.servers: list[psutil.Process] = []

    def until_both_run(self) -> None:
        """Waits for the two servers, each the child of a process between, and remembers their processes."""
        while len(self.servers) < 2:
            assert self.process.poll() is None, self.process.stdout.read()
            time.sleep(0.01)
            self.servers = [server for between in self.process.children() for server in between.children()]

    def end(self) -> int:
        """Waits for the end; the exit code."""
        return int(self.process.wait(timeout=30))

    def said(self) -> str:
        """Return its output, after its end."""
        return str(self.process.stdout.read())


Start = Callable[..., Supervised]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the supervisor with these two servers; nothing of it outlives the test."""
    started: list[Supervised] = []

    def begin(one: str, two: str, port: int = 1, wait: bool = True, by: Sequence[str] = ()) -> Supervised:
        started.append(Supervised(tmp_path / "start.log", one, two, port, by))
        if wait:
            started[-1].until_both_run()
        return started[-1]

    yield begin
    for supervised in started:
        for process in [supervised.process, *supervised.servers]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        supervised.process.communicate()


def are_gone(processes: list[psutil.Process], seconds: float = 10) -> bool:
    """Return whether none of them runs any more, after at most this long."""
    return not psutil.wait_procs(processes, timeout=seconds)[1]


@pytest.mark.parametrize("code", [0, 3, 143])
def test_when_one_dies_the_other_is_stopped_and_the_exit_code_tells(start: Start, code: int) -> None:
    """Also when the dead one meant to say that all was well, or says what a signal would."""
    supervised = start(LASTING, f"sleep 1; echo its last words; exit {code}")
    servers = supervised.servers
    assert supervised.end() == 1
    assert are_gone(servers)
    said = supervised.said()
    assert "stopped by itself" in said
    assert "its last words" in said  # it was never ready, so this is why it did not start


def test_one_that_is_killed_counts_as_dead(start: Start) -> None:
    """As when the system is short of memory."""
    supervised = start(LASTING, LASTING)
    servers = supervised.servers
    servers[0].kill()
    assert supervised.end() == 1
    assert are_gone(servers)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_both_and_that_is_no_failure(start: Start, number: int) -> None:
    """Ctrl-C reaches everything that the terminal sees; the servers are stopped by the supervisor."""
    supervised = start(LASTING, LASTING)
    servers = supervised.servers
    os.killpg(supervised.process.pid, number)
    assert supervised.end() == 0
    assert are_gone(servers)


def test_with_nohup_it_outlives_the_terminal(start: Start) -> None:
    """Which whoever starts it over SSH means by it."""
    supervised = start(LASTING, LASTING, by=["nohup"])
    os.killpg(supervised.process.pid, signal.SIGHUP)
    assert not are_gone(supervised.servers, seconds=1)
    os.killpg(supervised.process.pid, signal.SIGTERM)
    assert supervised.end() == 0


def test_ctrl_c_stops_what_was_started_in_the_background_of_a_script(start: Start) -> None:
    """A shell in which SIGINT is ignored."""
    supervised = start(LASTING, LASTING, by=["sh", "-c", 'trap "" INT; exec "$@"', "sh"])
    os.killpg(supervised.process.pid, signal.SIGINT)
    assert supervised.end() == 0


@pytest.mark.parametrize("after", [0.1, 0.4])
def test_ctrl_c_during_the_start_leaves_nothing_behind(start: Start, after: float) -> None:
    """It ends whether or not the servers have begun by then."""
    marks = f"serve-{os.getpid()}-{after}"
    supervised = start(f": {marks}; {LASTING}", f": {marks}; {LASTING}", wait=False)
    time.sleep(after)
    os.killpg(supervised.process.pid, signal.SIGINT)
    supervised.end()
    left = [process.cmdline() for process in psutil.process_iter() if marks in " ".join(_cmdline(process))]
    assert left == []


def _cmdline(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def test_one_that_does_not_heed_is_killed(start: Start) -> None:
    """After honcho's five seconds."""
    supervised = start(HEEDLESS, LASTING)
    time.sleep(0.3)  # until its trap is set
    servers = supervised.servers
    os.killpg(supervised.process.pid, signal.SIGINT)
    assert supervised.end() == 0
    assert are_gone(servers)


def test_the_servers_do_not_outlive_a_supervisor_that_is_killed(start: Start) -> None:
    """Otherwise the next start would find its ports taken."""
    supervised = start(LASTING, LASTING)
    servers = supervised.servers
    supervised.process.kill()
    assert are_gone(servers)


def test_it_says_where_the_assistant_is_once_that_is_ready(start: Start) -> None:
    """Ready means that /health/ready answers 200. What the servers said before stays out of sight."""
    port = free_port()
    page = (
        f"from http.server import *\n"
        f"class Page(BaseHTTPRequestHandler):\n"
        f"    def do_GET(self):\n"
        f"        self.send_response(200 if self.path == '/health/ready' else 404); self.end_headers()\n"
        f"HTTPServer(('127.0.0.1', {port}), Page).serve_forever()"
    )
    talking = "echo before; sleep 4; echo after; exec sleep 600"
    supervised = start(f'exec {sys.executable} -c "{page}"', talking, port)
    lines = iter(supervised.process.stdout.readline, "")
    assert next(lines).startswith(f"Ready: http://localhost:{port} ")
    assert "after" in next(line for line in lines if " two " in line)
    assert "before" in supervised.log.read_text()


def test_a_taken_port_is_named_with_the_setting_that_moves_it() -> None:
    """The first thing that a person needs to know."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        issue = port_issue(Settings(port=port))
    assert issue is not None
    assert issue.startswith(f"PORT: port {port} of 127.0.0.1 cannot be used")
    assert f"PORT={port + 1}" in issue


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "5005.0"])
def test_what_is_no_port_is_refused(text: str) -> None:
    """Before anything is started."""
    with pytest.raises(SettingsError) as refusal:
        Settings.read({"port": text})
    assert str(refusal.value) == f"PORT: not a port (got {text!r} / expected a number from 1 to 65535)"


def test_a_free_port_is_fine() -> None:
    """No issue."""
    assert port_issue(Settings(port=free_port())) is None


def test_the_servers_meet_at_a_socket_of_the_owner_with_a_key_of_this_run(tmp_path: Path) -> None:
    """Each start makes another key; no port is taken that somebody else could hold."""
    settings = Settings(state_dir=tmp_path, port=6005)
    one, two = connection(settings), connection(settings)
    assert Path(one["ACTION_SOCKET"]).resolve() == tmp_path / "actions-6005.sock"
    assert len(one["ACTION_KEY"]) == 64
    assert one["ACTION_KEY"] != two["ACTION_KEY"]
    assert connection(Settings(action_key="k" * 32))["ACTION_KEY"] == "k" * 32


def test_a_path_that_is_too_long_for_a_socket_is_told_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"ACTION_SOCKET: too long .* choose a shorter STATE_DIR"):
        connection(Settings(state_dir=tmp_path / ("long" * 30)))


def test_rasas_own_http_interface_stays_off() -> None:
    """And the assistant listens where it is told to."""
    assistant = commands(Settings())["assistant"]
    assert "--enable-api" not in assistant
    assert assistant[assistant.index("-i") + 1] == "127.0.0.1"


RULES = (ROOT / "clinic" / "aftercare.example.yml").read_text("utf-8")


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """The folder of a clinic beside this project's content; everything is right."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "settings.yml").write_text("clinic:\n  emergency_number: 000\n", "utf-8")
    (tmp_path / "clinic" / "aftercare.yml").write_text(RULES, "utf-8")
    return tmp_path / "clinic"


def test_a_broken_file_of_the_clinic_is_refused_before_anything_starts(clinic: Path) -> None:
    """With sentences for its owner, and no traceback."""
    (clinic / "aftercare.yml").write_text(RULES.replace("PT48H", "48 hours"), "utf-8")
    ports = {
        "PORT": str(free_port()),
        "STATE_DIR": str(clinic.parent / "state"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "scripts.serve"],
        cwd=clinic.parent,
        env={**os.environ, **ports, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    issue, refusal = done.stderr.splitlines()
    assert issue.startswith("clinic/aftercare.yml, line ")
    assert refusal.startswith("The assistant was not started")


def test_after_a_start_that_worked_the_last_good_file_stays_in_force(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both servers are told the same folder, and a line says what is passed over."""
    monkeypatch.chdir(clinic.parent)
    monkeypatch.setenv(VARIABLE, "")
    assert settle_clinic(Path("state")) == []
    (clinic / "aftercare.yml").write_text(RULES.replace("PT48H", "48 hours"), "utf-8")
    issue, in_force = settle_clinic(Path("state"))
    assert "is not an ISO 8601 duration" in issue
    assert "the last good one counts" in in_force
    assert Path(os.environ[VARIABLE], "aftercare.yml").read_text("utf-8") == RULES


def test_what_is_passed_over_stands_in_the_log_of_the_start(tmp_path: Path) -> None:
    log = tmp_path / "start.log"
    started = f"serve({{'one': ['false']}}, ('127.0.0.1', 1), Path({str(log)!r}), ['clinic/settings.yml: is empty'])"
    script = f"from pathlib import Path; from scripts.serve import serve; {started}"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert log.read_text("utf-8").startswith("clinic/settings.yml: is empty\n")
