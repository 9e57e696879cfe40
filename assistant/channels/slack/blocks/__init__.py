"""Block Kit: answers, buttons, timeline and App Home views, and the limits they must keep."""
