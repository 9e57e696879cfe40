"""The content checker: finds everything that is wrong with the content and says how to mend it."""
