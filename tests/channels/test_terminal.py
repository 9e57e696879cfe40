"""The terminal channel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.terminal import conversation as rendering
from assistant.channels.terminal.conversation import rendered
from assistant.core.content.texts import load_texts
from tests.servers import ROOT

TEXTS = load_texts("terminal")


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "metadata": more.pop("metadata", {}), **more}


def test_paragraphs_and_lists_stay_and_fit_into_eighty_columns() -> None:
    shown = rendered(message("word " * 40 + "\n\n- " + "item " * 30 + "\n- short"), TEXTS)
    lines = shown.splitlines()
    assert max(map(len, lines)) <= rendering.WIDTH == 80
    assert "" in lines
    assert [line[:2] for line in lines if "item" in line] == ["- ", "  "]
    assert lines[-1] == "- short"


def test_bold_is_bold_in_a_real_terminal_and_plain_elsewhere() -> None:
    assert rendered(message("a **b** c"), TEXTS) == "a b c"
    assert rendered(message("a **b** c"), TEXTS, bold=True) == "a \033[1mb\033[0m c"


def test_buttons_have_numbers_that_go_on() -> None:
    buttons = [{"title": "One", "payload": "/one"}, {"title": "Two", "payload": "/two"}]
    assert rendered(message("?", buttons=buttons), TEXTS, first_button=3).endswith("3) One\n4) Two")


def test_sources_and_disagreement_stand_under_the_answer() -> None:
    source = {"id": "A1", "title": "An article", "name": "Pain explained", "section": "Pain"}
    positions = [{"text": "It hurts.", "sources": [1]}, {"text": "It does not.", "sources": [1]}]
    metadata = {"disagreement": True, "positions": positions, "sources": [source]}
    shown = rendered(message("It depends [1].", metadata=metadata), TEXTS)
    assert shown.split("\n\n") == [
        "It depends [1].",
        f"{TEXTS['disagreement']}\n  - It hurts. [1]\n  - It does not. [1]",
        f"{TEXTS['sources']}\n  [1] Pain explained, Pain",
    ]


def test_details_are_offered_and_not_shown() -> None:
    shown = rendered(message("A day.", metadata={"details": "Some say two."}), TEXTS)
    assert shown == f"A day.\n\n{TEXTS['more']}"


def test_urgent_messages_say_so_first() -> None:
    assert rendered(message("Call.", metadata={"outcome": "urgent"}), TEXTS).startswith(TEXTS["urgent"])


def chat(folder: Path, state_dir: Path, said: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(folder), str(ROOT)))
    env = {**os.environ, "PYTHONPATH": path, "STATE_DIR": str(state_dir)}
    command = [sys.executable, "-m", "assistant.channels.terminal"]
    return subprocess.run(
        command, cwd=folder, env=env, input=said, capture_output=True, text=True, timeout=120
    )


def test_one_can_talk_press_buttons_by_number_and_quit(stub_project: Path, tmp_path: Path) -> None:
    talk = chat(
        stub_project, tmp_path / "state", "\nshow me options\n1\n/restart\n7\nexplode MARMALADE\nquit\n"
    )
    assert talk.returncode == 0
    answers = talk.stdout.split(TEXTS["prompt"])[2:]
    assert "1) Does it hurt?\n2) With a condition" in answers[0]
    assert "It feels like scratching." in answers[1]
    assert "  [1] An article, Pain" in answers[1]
    assert "I don't know." in answers[2]
    assert "I don't know." in answers[3]
    assert "Sorry, something went wrong" in answers[4]
    assert TEXTS["goodbye"] in answers[5]
    assert max(len(line) for line in talk.stdout.splitlines()) <= 80
    assert "MARMALADE" not in talk.stdout + talk.stderr
    assert b"MARMALADE" in b"".join(path.read_bytes() for path in (tmp_path / "state").iterdir())


def test_without_a_model_it_says_what_to_do(stub_project: Path, tmp_path: Path) -> None:
    for name in ("endpoints.yml",):
        (tmp_path / name).write_text((stub_project / name).read_text())
    talk = chat(tmp_path, tmp_path / "state", "")
    assert talk.returncode == 1
    assert "make train" in talk.stderr
    assert "Traceback" not in talk.stderr


@pytest.mark.parametrize("end", ["quit\n", "EXIT\n", ""])
def test_quit_exit_and_the_end_of_the_input_end_it(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.channels.terminal import __main__ as terminal

    lines = iter(["", "  ", *end.splitlines()])

    def type_next(_prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", type_next)
    assert terminal._next_line("") is None
