"""Language of the content: phrases, answers and words are in ``data/<language>``; facts and rules are shared."""

LANGUAGE = "en"
