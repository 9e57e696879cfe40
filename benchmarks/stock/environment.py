"""Environment of the stock contender, with TensorFlow, which the assistant's own environment lacks."""

from __future__ import annotations

import subprocess

from testbed.environment import ROOT


def installed_python() -> str:
    """Return the path of its Python interpreter, after installing what is missing."""
    subprocess.run([ROOT / "scripts" / "setup.sh", "stock"], cwd=ROOT, check=True)
    return str(ROOT / ".stock" / "bin" / "python")
