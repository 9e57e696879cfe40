"""English: word lists, speech acts and forms of utterances."""
