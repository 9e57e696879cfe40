"""Keeps trained boundaries as plain arrays, as nlu.hybrid_file does with the classifier."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from nlu.boundaries import Boundaries


def write_boundaries(boundaries: Boundaries, path: Path) -> None:
    """Writes ``path``, an .npz file."""
    with path.open("wb") as file:
        np.savez(
            file,
            signs=np.frombuffer(json.dumps(list(boundaries.signs)).encode(), dtype=np.uint8),
            weights_of_signs=boundaries.weights_of_signs,
            weights_of_states=boundaries.weights_of_states,
            intercept=np.array(boundaries.intercept),
        )


def read_boundaries(path: Path) -> Boundaries:
    """What ``write_boundaries`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        return Boundaries(
            signs=json.loads(file["signs"].tobytes()),
            weights_of_signs=file["weights_of_signs"],
            weights_of_states=file["weights_of_states"],
            intercept=float(file["intercept"]),
        )
