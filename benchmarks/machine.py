"""Describes the machine that runs the benchmarks."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil


def describe_machine() -> str:
    """Return processor, cores, memory and system in one line."""
    memory = psutil.virtual_memory().total / 2**30
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {cores()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, {python}"


def cores() -> int:
    """Return the number of cores available to this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load() -> str:
    """Return the load average of the last minute: about 0 on an idle machine."""
    return f"{os.getloadavg()[0]:.1f}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
