"""Content checker: reports every issue of the content and how to fix it."""
