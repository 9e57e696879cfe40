"""`python -m assistant.server.admin COMMAND`. Needs the assistant's DATABASE_URL and STATE_DIR."""

from __future__ import annotations

import argparse
import sys

from assistant.core.content.texts import load_texts

_TEXTS = load_texts("operator")
_WITH = {"erase": "id", "export": "id", "pause": None, "resume": None, "status": None, "use": "model"}


def main() -> int:
    """Run the command and return the exit code: 0 on success, 1 if the command is refused."""
    given = _parser().parse_args()
    from rasa.shared.exceptions import InvalidConfigException

    from assistant.server.admin.commands import COMMANDS, RefusedError
    from assistant.server.storage.tracker_store import ConversationStore

    try:
        print(COMMANDS[given.command](ConversationStore(), given.what, _TEXTS))
    except (RefusedError, InvalidConfigException) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant.server.admin", description=_TEXTS["about"])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, argument in _WITH.items():
        command = commands.add_parser(name, help=_TEXTS[name])
        command.set_defaults(what="")
        if argument:
            command.add_argument("what", metavar=argument.upper(), help=_TEXTS[argument])
    return parser


if __name__ == "__main__":
    sys.exit(main())
