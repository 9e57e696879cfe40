"""Page-load benchmark: costs of the widget's tag, compared with two other chats in the same run."""

from benchmarks.page_load.metrics import measure

__all__ = ["measure"]
