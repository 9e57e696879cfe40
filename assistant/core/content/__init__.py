"""Models and loaders of the content in ``data/`` and ``clinic/``."""
