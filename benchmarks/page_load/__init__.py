"""Part four: what the tag costs a website and its visitors, beside two other chats in the same run."""

from benchmarks.page_load.metrics import measure

__all__ = ["measure"]
