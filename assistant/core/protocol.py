"""What the packages share at their edges: messages, metadata keys, outcomes, and intents that code refers to."""

from __future__ import annotations

from typing import Any

Message = dict[str, Any]
"""An assistant message as channels show it: ``text`` and ``metadata``, maybe ``buttons`` and ``custom``."""

# Keys of a user message's metadata. A message with several questions becomes one sub-message per question.
SUB_MESSAGE = "part"
"""Index of the question within the person's message, from 0; absent on the first."""
BESIDE_ALARM = "beside_alarm"
"""True if the same message reports an alarm: only general answers beside it."""
MORE_TO_COME = "more"
"""True if another question of the same message comes after this one."""

# Keys of a message's parse.
QUESTIONS = "questions"
"""Parses of the questions of a message that has several."""
FOLLOWS = "follows"
"""Topic of the answer that the message was understood from."""
CLOSEST_FACTS = "closest_facts"
"""Ids of the facts nearest to a question that was not understood."""

# Intents that code refers to by name; all others are only data.
URGENT = "urgent"
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
HUMAN = "human"
TIMELINE = "timeline"
ASK_DATE = "ask_date"
WEIGH_EVENT = "weigh_event"
SYMPTOM_REPORT = "symptom_report"
CANDIDATE_CHECK = "candidate_check"
CHECK_REPLY = "check_reply"

FOLLOW_UP_SOURCE = "follow_up_source"
FOLLOW_UP_MORE = "follow_up_more"
FOLLOW_UP_WHY = "follow_up_why"
FOLLOW_UP_SURE = "follow_up_sure"
FOLLOW_UPS = (FOLLOW_UP_SOURCE, FOLLOW_UP_MORE, FOLLOW_UP_WHY, FOLLOW_UP_SURE)
"""Questions about the answer before, which are no topics."""
NONE_OF_THESE = "none_of_these"
"""The button that refuses every choice that was offered."""
FOLLOW_UP_REPLIES = (*FOLLOW_UPS, NONE_OF_THESE)
"""Intents whose answer belongs to the topic of the answer before."""
UNRELATED = "unrelated"
"""Stands for the topic of a follow-up example that has nothing to do with the answer before."""
FOLLOW_UP_GROUP = "follow_up"
"""Name of the files of these intents."""

CLINIC = "clinic"
"""Id of the source that stands for the clinic's own instructions."""

SUBSTANTIAL_OUTCOMES = frozenset({"answered", "not_covered", "urgent"})
"""Outcomes of answers that a follow-up can be about."""
