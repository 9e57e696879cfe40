"""Runs the assistant and the action server together: ``python -m scripts.serve``.

Both stop on request (Ctrl-C: exit code 0) and when one of them dies (exit code 1, whatever its own was). Until the
assistant is ready, their output consists mostly of library warnings: it goes to start.log in STATE_DIR, and its last
lines are shown if the start fails.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
import secrets
import shlex
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from honcho.manager import KILL_WAIT, Manager
from honcho.printer import Printer
from honcho.process import Process

from assistant.core.content.issues import ContentError
from assistant.core.validation.clinic_files import OWN, VARIABLE, settle
from assistant.settings import Settings, SettingsError
from scripts.train import present_model

Address = tuple[str, int]
Command = Sequence[str]

EVERYWHERE = frozenset({"0.0.0.0", "::"})
READY = "/health/ready"
CLINIC_IS_BROKEN = (
    "The assistant was not started: fix this first (docs/operating.md, “A clinic's file that is broken”)."
)
TAIL = 30  # lines of the log shown if the start fails
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # SIGHUP is a closed terminal


def main() -> int:
    """Check the settings, then serve until the servers end; return the exit code."""
    settings = Settings.read_or_exit()
    issue = port_issue(settings)
    if issue:
        print(issue, file=sys.stderr)
        return 2
    try:
        state = settings.make_state_dir()
        os.environ.update(connection(settings))
        notes = settle_clinic(state)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except ContentError as error:
        print(*error.issues, CLINIC_IS_BROKEN, sep="\n", file=sys.stderr)
        return 2
    print(*notes, "Starting (about ten seconds) …", sep="\n", flush=True)
    return serve(commands(settings), (settings.interface, settings.port), state / "start.log", notes)


def connection(settings: Settings) -> dict[str, str]:
    """Return the variables by which the two servers reach and recognize each other: no port, and a key of this run.

    Raises:
        SettingsError: the path of the socket is too long.
    """
    given = {
        "action_socket": settings.action_socket
        or _short(settings.state_dir / f"actions-{settings.port}.sock"),
        "action_key": settings.action_key or secrets.token_hex(32),
    }
    Settings.read(given)
    return {Settings.variable(field): str(value) for field, value in given.items()}


def _short(path: Path) -> Path:
    return min(path, Path(os.path.relpath(path)), key=lambda each: len(str(each)))


def settle_clinic(state: Path) -> list[str]:
    """Select the clinic files to use; return a line for each one that is skipped.

    Raises:
        ContentError: a file is invalid, and there is no valid copy of it.
    """
    folder, broken = settle(OWN, Path("data"), state)
    os.environ[VARIABLE] = str(folder)
    return [line for each in broken for line in each.lines()]


def commands(settings: Settings) -> dict[str, Command]:
    """Return the servers' commands, by the prefix of their output lines."""
    files = ["-m", str(present_model()), "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
    return {
        "assistant": _python("rasa", "run", "--port", str(settings.port), "-i", settings.interface, *files),
        "actions": _python("actions.server"),
    }


def _python(module: str, *arguments: str) -> Command:
    return [sys.executable, "-m", module, *arguments]


def port_issue(settings: Settings) -> str | None:
    """Return the problem with PORT and its fix, or None if it is free."""
    port, interface = settings.port, settings.interface
    family = socket.AF_INET6 if ":" in interface else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do
        try:
            probe.bind((interface, port))
            probe.listen()
        except OSError as error:
            other = f"Stop what listens there, or choose another one: make run PORT={port % 65535 + 1}"
            return f"PORT: port {port} of {interface} cannot be used ({error.strerror}). {other}"
    return None


def serve(servers: Mapping[str, Command], front: Address, start_log: Path, notes: Sequence[str] = ()) -> int:
    """Run the servers until one dies or a signal arrives; return the exit code.

    Args:
        servers: commands by name.
        front: address polled for readiness.
        start_log: file for output until the assistant is ready.
        notes: first lines of that file.
    """
    with start_log.open("w", encoding="utf-8") as log:
        log.writelines(f"{note}\n" for note in notes)
        log.flush()
        output = Output(log)
        supervisor = Supervisor(output, lambda: _tell_when_ready(output, *front))
        for name, command in servers.items():
            supervisor.add_process(name, "exec " + shlex.join(command))
        supervisor.loop()
    if supervisor.asked_to_stop:
        return 0
    if output.is_start:
        lines = start_log.read_text("utf-8").splitlines()[-TAIL:]
        print(f"The start did not work. The end of {start_log}:", *lines, sep="\n    ", file=sys.stderr)
    print("A server has stopped by itself, so the other one was stopped too.", file=sys.stderr)
    return 1


def _tell_when_ready(output: Output, host: str, port: int) -> None:
    since = time.monotonic()
    asked = "127.0.0.1" if host in EVERYWHERE else host
    shown = "localhost" if host in {"127.0.0.1", "::1", *EVERYWHERE} else host
    while not _is_ready(asked, port):
        time.sleep(0.1)
    print(
        f"Ready: http://{shown}:{port} (after {time.monotonic() - since:.1f} s; Ctrl-C stops it)", flush=True
    )
    output.end_start()


def _is_ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", READY)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _heeded_signals() -> list[signal.Signals]:
    """Return the stop signals to handle.

    An ignored SIGHUP is respected, because nohup means it; an ignored SIGINT is not, because shells set it for every
    background job of a script.
    """
    has_nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return [number for number in STOP_SIGNALS if not (has_nohup and number == signal.SIGHUP)]


class Output(Printer):
    """Prints the servers' output to a file during the start, then to the terminal."""

    def __init__(self, start_log: TextIO) -> None:
        super().__init__(start_log)
        self.is_start = True

    def end_start(self) -> None:
        """Flag to the terminal once the assistant is ready."""
        self.output = sys.stdout
        self.is_start = False


class Server(Process):
    """A server in its own process group, terminated with the supervisor however that ends."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Run in a process between supervisor and server, which only the supervisor ends."""
        for number in _heeded_signals():
            signal.signal(number, lambda *_: None)  # not SIG_IGN: the server would inherit that
        threading.Thread(target=self._end_with_supervisor, daemon=True).start()
        super().run(events, ignore_signals)

    def _end_with_supervisor(self) -> None:
        supervisor = multiprocessing.parent_process()
        assert supervisor is not None
        supervisor.join()
        while self._child is None:  # the supervisor may end while its server starts
            time.sleep(0.01)
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, number)
            time.sleep(KILL_WAIT)
        os._exit(1)


class Supervisor(Manager):
    """Process manager that also stops before all servers have started, and kills those that ignore SIGTERM."""

    def __init__(self, output: Output, watch: Callable[[], None]) -> None:
        """Create a supervisor; ``watch`` runs in its own thread once the servers have started."""
        super().__init__(output)
        self._process_ctor = Server
        self._watch = watch
        self.asked_to_stop = False

    def _start(self) -> None:
        for number in _heeded_signals():
            signal.signal(number, self._ask_to_stop)
        super()._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def _ask_to_stop(self, *_: object) -> None:
        self.asked_to_stop = True
        self.terminate()

    def terminate(self) -> None:
        """Stop the servers once all have started; until then the loop calls this again."""
        if self._all_started():
            super().terminate()

    def _any_stopped(self) -> bool:
        # if true, honcho starts to wait and then kills; it has to after a request to stop as well
        return self.asked_to_stop or bool(super()._any_stopped())


if __name__ == "__main__":
    sys.exit(main())
