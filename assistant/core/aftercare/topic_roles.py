"""Topics by their role in computed answers, from ``data/topics.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from assistant.core.content.topics import Phase, Topic

Side = Literal["before", "after"]
"""Side of the treatment."""
SIDES: frozenset[str] = frozenset(get_args(Side))
JUDGING = "action_judge_symptom"
"""Action that answers topics about the skin's own reactions once the date is known."""


@dataclass(frozen=True)
class TopicRoles:
    """Ids of topics by role."""

    gaps: frozenset[str]
    """Topics that no article covers."""
    sides: Mapping[str, Side]
    """Side of the treatment that a topic is about, by topic."""
    counterparts: Mapping[str, str]
    """Topic that asks the same about the other side, in both directions, if both have dated answers."""
    medicines: frozenset[str]
    """Topics about medicines."""
    reactions: Mapping[str, tuple[str, ...]]
    """Topics about the skin's own reactions, with the symptoms that they are about if the message names none."""
    overviews: Mapping[str, tuple[Phase, ...]]
    """Topics whose answers list every rule, with the directions of these rules."""
    catch_alls: frozenset[str]
    """Topics of everything that has no topic of its own: a rule counts there only for what the message names."""

    def before(self, topic: str | None) -> bool:
        """Return whether the topic is the one of a pair that is about the time before a session."""
        return topic is not None and topic in self.counterparts and self.sides.get(topic) == "before"

    def on(self, side: Side, topic: str) -> str:
        """Return the topic, or its counterpart if that is on this side."""
        other = self.counterparts.get(topic)
        return other if other is not None and self.sides.get(other) == side else topic


def roles_of(topics: Mapping[str, Topic]) -> TopicRoles:
    """Return the roles of all topics; the side of a topic is the name of its group."""
    split = {topic.wider for topic in topics.values() if topic.kind == "question"}
    return TopicRoles(
        gaps=frozenset(topic.id for topic in topics.values() if not topic.covered),
        sides={topic.id: cast(Side, topic.group) for topic in topics.values() if topic.group in SIDES},
        counterparts=_counterparts(topics),
        medicines=frozenset(topic.id for topic in topics.values() if topic.medicines),
        reactions={topic.id: topic.symptoms for topic in topics.values() if topic.dated == JUDGING},
        overviews={topic.id: topic.lists for topic in topics.values() if topic.lists},
        catch_alls=frozenset(topic for topic in topics if topic in split),
    )


def _counterparts(topics: Mapping[str, Topic]) -> dict[str, str]:
    pairs = [(topic.id, topic.counterpart) for topic in topics.values() if topic.counterpart and topic.dated]
    dated = [(one, other) for one, other in pairs if topics[other].dated]
    return dict(dated) | {other: one for one, other in dated}
