"""Everything that is learned: topics, alarms, boundaries, follow-ups."""
