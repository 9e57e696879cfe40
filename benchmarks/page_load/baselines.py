"""Embedding code of each chat according to its documentation, and selectors of its elements."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OURS = "this widget"
WEBCHAT = "rasa-webchat 1.0.1"
DEEP_CHAT = "deep-chat 2.4.2"
PACKAGES = {"rasa-webchat": "1.0.1", "deep-chat": "2.4.2"}
FILES = {
    "/rasa-webchat.js": Path("rasa-webchat", "lib", "index.js"),
    "/deep-chat.js": Path("deep-chat", "dist", "deepChat.bundle.js"),
}


@dataclass(frozen=True)
class Embedding:
    """A chat embedded in a website's page."""

    name: str
    markup: str
    script: str = ""
    """The page's own script, in addition to loading the chat's."""
    launcher: str = ""
    """CSS selector of the launcher."""
    field: str = ""
    """CSS selector of the input field."""


NOTHING = Embedding("the page alone", "")


def embeddings(assistant: str, others: str) -> tuple[Embedding, ...]:
    """Return all embeddings; `assistant` and `others` are the origins of the scripts."""
    return (
        Embedding(
            OURS,
            f'<script src="{assistant}/widget.js" async></script>',
            launcher="microneedling-chat button",
            field="microneedling-chat textarea",
        ),
        Embedding(
            WEBCHAT,
            "",
            f"""
            const script = document.createElement("script");
            script.src = "{others}/rasa-webchat.js";
            script.async = true;
            script.onload = () => window.WebChat.default({{ socketUrl: "{others}", customData: {{}} }}, null);
            document.head.insertBefore(script, document.head.firstChild);
            """,
            launcher=".rw-launcher",
            field=".rw-new-message",
        ),
        # deep-chat has no launcher: a button of the page inserts the element
        Embedding(
            DEEP_CHAT,
            f'<button id="launcher" type="button">Chat</button>'
            f'<script type="module" src="{others}/deep-chat.js"></script>',
            """
            document.getElementById("launcher").addEventListener("click", () => {
              const chat = document.createElement("deep-chat");
              chat.setAttribute("demo", "true");
              document.body.append(chat);
            });
            """,
            launcher="#launcher",
            field="deep-chat #text-input",
        ),
    )
