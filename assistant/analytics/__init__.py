"""Learning from use: what was asked, what could not be answered and what did not help, as a page and as tables."""
