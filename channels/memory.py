"""Gives memory back to the system that loading a model has left behind."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Frees what nothing refers to any more, and hands the C library's free pages back to the system.

    Reading a model takes and frees hundreds of megabytes. glibc keeps the freed pages for later, in which it is
    right while a program loads, and wrong for a server whose need is smaller from then on: they would count as its
    memory for good. A model that was replaced hangs together in circles, which only the collector takes apart.
    Where the C library can't do that (musl, macOS), only the collector runs.
    """
    gc.collect()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return
    trim(0)
