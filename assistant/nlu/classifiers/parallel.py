"""Independent fits at the same time."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

First = TypeVar("First")
Second = TypeVar("Second")


def run_both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """Return the results of two functions that run at the same time, each on a core of its own.

    A fit spends its time in compiled code that releases the interpreter's lock. Most of it uses one core, and matrices
    of a batch are too small to be multiplied by several.
    """
    with (
        warnings.catch_warnings(),  # once for both, because what each thread would restore is global
        threadpool_limits(limits=1, user_api="blas"),
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        warnings.simplefilter("ignore", ConvergenceWarning)
        other = pool.submit(second)
        return first(), other.result()
