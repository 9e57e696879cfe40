"""Usage report: questions asked, questions without an answer and negative feedback, as a page and as tables."""
