"""Vocabulary shared by the packages: messages, metadata keys, outcomes, and intents that code refers to."""

from __future__ import annotations

from typing import Any

Message = dict[str, Any]
"""An assistant message as channels show it: ``text`` and ``metadata``, optionally ``buttons`` and ``custom``."""

# Keys of a user message's metadata. A message with several questions becomes one sub-message per question.
SUB_MESSAGE = "part"
"""Index of the question within the person's message, from 0; absent on the first."""
BESIDE_ALARM = "beside_alarm"
"""True if the same message reports an alarm; its other questions get only general answers."""
MORE_TO_COME = "more"
"""True if another question of the same message comes after this one."""

# Keys of Rasa's parse of a message.
QUESTIONS = "questions"
"""Parses of the questions of a message that has several."""
FOLLOWS = "follows"
"""Topic of the previous answer that the message was interpreted with."""
MOMENTS = "moments"
"""Moments in the message, as ``core.treatment_date.write_moments`` serializes them."""
CLOSEST_FACTS = "closest_facts"
"""Ids of the facts closest to a question that was not understood."""

# Intents that code refers to by name; all others exist only in data.
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
"""Questions about the previous answer, which are not topics."""
NONE_OF_THESE = "none_of_these"
"""Intent of the button that declines all offered choices."""
FOLLOW_UP_REPLIES = (*FOLLOW_UPS, NONE_OF_THESE)
"""Intents whose answer belongs to the topic of the previous answer."""
UNRELATED = "unrelated"
"""Topic of a follow-up example that is unrelated to the previous answer."""
FOLLOW_UP_GROUP = "follow_up"
"""Group of these intents, which names their files."""

CLINIC = "clinic"
"""Id of the source for the clinic's own instructions."""

SUBSTANTIAL_OUTCOMES = frozenset({"answered", "not_covered", "urgent"})
"""Outcomes of answers that a follow-up can refer to."""
