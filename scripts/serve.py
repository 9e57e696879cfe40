"""Runs the assistant and the action server together: ``python -m scripts.serve``.

Both stop when that is asked for (Ctrl-C: exit code 0), and when one of them dies (exit code 1, whatever its own was).
What they say until the assistant is ready is warnings of libraries for the most part: it goes to start.log in
STATE_DIR, and its end is shown if the start fails.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
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
from scripts.train import present_model

Address = tuple[str, int]
Command = Sequence[str]

EVERYWHERE = frozenset({"0.0.0.0", "::"})
READY = "/health/ready"
CLINIC_IS_BROKEN = (
    "The assistant was not started: mend this first (docs/operating.md, “A clinic's file that is broken”)."
)
TAIL = 30  # lines of the log that are shown when the start fails
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last one is a closed terminal


def main() -> int:
    """Checks the settings, then serves until something ends it; the exit code."""
    settings = os.environ
    faults = [fault for name in ("PORT", "ACTION_PORT") if (fault := port_fault(name, settings))]
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    state = Path(settings["STATE_DIR"])
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        notes = settle_clinic(state)
    except ContentError as error:
        print(*error.faults, CLINIC_IS_BROKEN, sep="\n", file=sys.stderr)
        return 2
    print(*notes, "Starting (about ten seconds) …", sep="\n", flush=True)
    front = settings["INTERFACE"], int(settings["PORT"])
    return serve(commands(settings), front, state / "start.log", notes)


def settle_clinic(state: Path) -> list[str]:
    """Lets the servers read the clinic's files that are in force; a line for every one that is passed over.

    Raises:
        ContentError: a file is broken, and there is no good copy of it.
    """
    folder, broken = settle(OWN, Path("data"), state)
    os.environ[VARIABLE] = str(folder)
    return [line for each in broken for line in each.lines()]


def commands(settings: Mapping[str, str]) -> dict[str, Command]:
    """The servers, by the name that their lines in the output begin with."""
    files = ["-m", str(present_model()), "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
    return {
        "assistant": _python("rasa", "run", "--port", settings["PORT"], "-i", settings["INTERFACE"], *files),
        "actions": _python("actions.server"),
    }


def _python(module: str, *arguments: str) -> Command:
    return [sys.executable, "-m", module, *arguments]


def port_fault(name: str, settings: Mapping[str, str]) -> str | None:
    """What is wrong with the port that this variable names, and how to mend it; none if it is free."""
    text = settings[name]
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        return f"{name}: not a port (got {text!r} / expected a number from 1 to 65535)"
    if name != "PORT" and text == settings["PORT"]:
        return f"{name}: the same as PORT ({text}). Each server needs its own."
    interface = settings["INTERFACE" if name == "PORT" else "SANIC_HOST"]
    family = socket.AF_INET6 if ":" in interface else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do
        try:
            probe.bind((interface, int(text)))
            probe.listen()
        except OSError as error:
            other = f"Stop what listens there, or choose another one: make run {name}={int(text) % 65535 + 1}"
            return f"{name}: port {text} of {interface} cannot be used ({error.strerror}). {other}"
    return None


def serve(servers: Mapping[str, Command], front: Address, start_log: Path, notes: Sequence[str] = ()) -> int:
    """Runs the servers until one of them dies or a signal comes; the exit code.

    ``front`` is asked if it is ready. The notes are the first lines of the log.
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
    """nohup has SIGHUP ignored, and means it. Scripts have SIGINT ignored in every job of the background."""
    has_nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return [number for number in STOP_SIGNALS if not (has_nohup and number == signal.SIGHUP)]


class Output(Printer):
    """Where the servers' lines go: to a file while they start, from then on to the terminal."""

    def __init__(self, start_log: TextIO) -> None:
        super().__init__(start_log)
        self.is_start = True

    def end_start(self) -> None:
        """The assistant is ready."""
        self.output = sys.stdout
        self.is_start = False


class Server(Process):
    """A server in a process group of its own, which does not outlive the supervisor, however that ends."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Runs in a process between the supervisor and the server; only the supervisor ends it."""
        for number in _heeded_signals():
            signal.signal(number, lambda *_: None)  # not SIG_IGN: the server would inherit that
        threading.Thread(target=self._end_with_supervisor, daemon=True).start()
        super().run(events, ignore_signals)

    def _end_with_supervisor(self) -> None:
        supervisor = multiprocessing.parent_process()
        assert supervisor is not None
        supervisor.join()
        while self._child is None:  # the supervisor may end while its server begins
            time.sleep(0.01)
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, number)
            time.sleep(KILL_WAIT)
        os._exit(1)


class Supervisor(Manager):
    """Stops in every case: also when asked before all servers have begun, and when one does not heed SIGTERM."""

    def __init__(self, output: Output, watch: Callable[[], None]) -> None:
        """``watch`` runs in a thread of its own once the servers have begun."""
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
        """Asks the servers to stop, once all of them have begun: until then the loop calls this again."""
        if self._all_started():
            super().terminate()

    def _any_stopped(self) -> bool:
        # when this is true honcho begins to wait, and then to kill; it has to when it was asked to stop as well
        return self.asked_to_stop or bool(super()._any_stopped())


if __name__ == "__main__":
    sys.exit(main())
