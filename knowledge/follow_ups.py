"""What people say about the answer before, rather than about microneedling: intents that are no topics."""

from __future__ import annotations

SOURCE = "follow_up_source"
MORE = "follow_up_more"
WHY = "follow_up_why"
SURE = "follow_up_sure"
FOLLOW_UPS = (SOURCE, MORE, WHY, SURE)
"""Questions about the answer before."""

UNRELATED = "unrelated"
"""What a talk of data/talks has in place of a topic, where the message has nothing to do with the answer before."""

NONE_OF_THESE = "none_of_these"
"""The button that refuses every choice that was offered."""

REPLIES = (*FOLLOW_UPS, NONE_OF_THESE)
"""All of them; the answer belongs to the topic of the answer before."""
GROUP = "follow_up"
"""Name of their files."""
