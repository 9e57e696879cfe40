"""Registry of method handlers."""

from __future__ import annotations

from collections.abc import Callable

from testbed.slack import chat_methods, conversation_methods, view_methods
from testbed.slack.arguments import Answer, Arguments
from testbed.slack.workspace import Workspace

Handler = Callable[[Workspace, Arguments], Answer]

HANDLERS: dict[str, Handler] = {
    "auth.test": conversation_methods.auth_test,
    "bots.info": conversation_methods.bots_info,
    "chat.delete": chat_methods.delete,
    "chat.deleteScheduledMessage": chat_methods.delete_scheduled,
    "chat.getPermalink": chat_methods.get_permalink,
    "chat.postEphemeral": chat_methods.post_ephemeral,
    "chat.postMessage": chat_methods.post_message,
    "chat.scheduleMessage": chat_methods.schedule_message,
    "chat.scheduledMessages.list": chat_methods.list_scheduled,
    "chat.update": chat_methods.update,
    "conversations.history": conversation_methods.conversations_history,
    "conversations.info": conversation_methods.conversations_info,
    "conversations.members": conversation_methods.conversations_members,
    "conversations.open": conversation_methods.conversations_open,
    "conversations.replies": conversation_methods.conversations_replies,
    "files.completeUploadExternal": view_methods.complete_upload,
    "reactions.add": conversation_methods.reactions_add,
    "users.conversations": conversation_methods.users_conversations,
    "users.info": conversation_methods.users_info,
    "views.open": view_methods.open_view,
    "views.publish": view_methods.publish_view,
    "views.push": view_methods.open_view,
    "views.update": view_methods.update_view,
}
