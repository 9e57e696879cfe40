"""The local Slack itself is as strict as the real one."""
