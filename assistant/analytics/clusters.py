"""Clusters questions by meaning."""

from __future__ import annotations

import logging
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from assistant.nlu.encoder import Vectors
from assistant.nlu.encoder.encoder import Encoder
from assistant.nlu.encoder.onnx_export import write_encoder

APART: Final = 0.45  # mean cosine distance that separates clusters
MOST: Final = 3000  # questions, the newest; clustering takes memory quadratic in their number

Encode = Callable[[Sequence[str]], Vectors]


def group(texts: Sequence[str], encode: Encode) -> list[list[int]]:
    """Return indices of the texts by cluster, the largest first; equal texts are clustered once."""
    different = list(dict.fromkeys(texts))[:MOST]
    labels = dict(zip(different, _labels(encode(different)) if different else []))
    groups: dict[int, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        if text in labels:
            groups[labels[text]].append(position)
    return sorted(groups.values(), key=lambda positions: (-len(positions), positions))


def _labels(vectors: Vectors) -> list[int]:
    if len(vectors) < 2:
        return [0] * len(vectors)
    from sklearn.cluster import AgglomerativeClustering

    clustering = AgglomerativeClustering(
        n_clusters=None, affinity="cosine", linkage="average", distance_threshold=APART
    )
    return [int(label) for label in clustering.fit_predict(vectors)]


def sentence_encoder() -> Encode:
    """Build the assistant's encoder from the installed weights."""
    with _without_warnings(), tempfile.TemporaryDirectory(prefix="report-") as folder:
        write_encoder(Path(folder))
        return Encoder.read(Path(folder)).encode


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Silence the ONNX export, which warns of quantization settings that are intended."""
    logger = logging.getLogger()
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
