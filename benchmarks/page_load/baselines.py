"""What a website writes into its page for each chat, as its documentation says, and where its parts are."""

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
    """One chat on a website's page."""

    name: str
    markup: str
    script: str = ""
    """What the page does itself, beside loading the chat's script."""
    launcher: str = ""
    """Selector of what is pressed to open it."""
    field: str = ""
    """Selector of the field to type in."""


NOTHING = Embedding("the page alone", "")


def embeddings(assistant: str, others: str) -> tuple[Embedding, ...]:
    """`assistant` and `others` are the origins that the scripts come from."""
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
        # It has no launcher of its own: the page has a button that puts the element there.
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
