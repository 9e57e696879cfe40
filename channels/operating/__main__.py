"""`python -m channels.operating COMMAND`: with DATABASE_URL and STATE_DIR as the assistant has them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import yaml

_TEXTS = yaml.safe_load(Path(__file__).with_name("texts.yml").read_text("utf-8"))


def main() -> int:
    """The exit code: 0 when it was done, 1 when there is nobody of that id."""
    given = _parser().parse_args()
    from channels.conversation_store import ConversationStore
    from channels.operating import people

    store = ConversationStore(host=os.environ.get("DATABASE_URL", ""), db=_file())
    found = people.conversations_of(store, given.id)
    if not found:
        print(_TEXTS["nobody"].format(id=given.id), file=sys.stderr)
        return 1
    if given.command == "erase":
        people.erase(store, found)
        print(_TEXTS["erased"].format(count=len(found)))
    else:
        print(json.dumps(people.export(store, found), ensure_ascii=False, indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m channels.operating", description=_TEXTS["about"])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("erase", "export"):
        command = commands.add_parser(name, help=_TEXTS[name])
        command.add_argument("id", help=_TEXTS["id"])
    return parser


def _file() -> str:
    return str(Path(os.environ.get("STATE_DIR") or ".state") / "conversations.db")


if __name__ == "__main__":
    sys.exit(main())
