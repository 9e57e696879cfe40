"""Puts questions together that mean nearly the same."""

from __future__ import annotations

import logging
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from assistant.nlu.encoder import Encoder, Vectors
from assistant.nlu.encoder_weights import find_encoder_files
from assistant.nlu.onnx_export import write_encoder_graph

APART: Final = 0.45  # mean cosine distance from which questions are no longer one group
MOST: Final = 3000  # questions, the newest: grouping takes the square of it in memory

Encode = Callable[[Sequence[str]], Vectors]


def group(texts: Sequence[str], encode: Encode) -> list[list[int]]:
    """Positions of the texts, by group, the largest first; the same words more than once are one place in it."""
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
    """The assistant's own, from the installed weights."""
    logging.getLogger().setLevel(logging.ERROR)  # the writer of graphs warns of what is meant
    weights, tokenizer = find_encoder_files()
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        graph = Path(folder, "encoder.onnx")
        write_encoder_graph(weights, graph)
        return Encoder(graph, tokenizer).encode
