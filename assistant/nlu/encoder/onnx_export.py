"""Exports all-MiniLM-L6-v2 as an ONNX graph, so that running it needs neither torch nor TensorFlow.

The architecture is BERT (Devlin et al., 2019) with the sizes of the model's config.json, followed by mean pooling and
normalization to unit length, as in its modules.json.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from assistant.nlu.encoder.weights import LAYERS_WIDTH, WIDTH, find_encoder_files

LAYERS = 6
HEADS = 12
HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-12
OPSET = 20  # the first version with Gelu
STATES_LAYER = 3  # of six: later layers encode the meaning of the sentence, but hardly segment boundaries
MEANS_LAYERS = (1, 3, 5)  # earlier layers are nearer to the words, by which an alarm is told apart


def write_encoder(folder: Path) -> None:
    """Write the published encoder and its tokenizer to a folder."""
    weights, tokenizer = find_encoder_files()
    write_encoder_graph(weights, folder / "encoder.onnx")
    shutil.copy(tokenizer, folder / "tokenizer.json")


def write_encoder_graph(weights: Path, target: Path) -> None:
    """Write the encoder to ``target``, quantized to eight bits, which halves the time for a short sentence.

    Its input is int64 ``ids``, [batch, tokens], of texts of the same length. Outputs are float32 ``vector``,
    [batch, 384], ``layers``, [batch, 1536], the same and the mean states of ``MEANS_LAYERS``, and ``states``,
    [batch, tokens, 384].
    """
    graph = _Graph(load_file(str(weights)))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "encoder.onnx"
        onnx.save(graph.build(), str(full))
        quantize_dynamic(str(full), str(target), weight_type=QuantType.QInt8, per_channel=True)


class _Graph:
    """Collects nodes and constants; each method returns the name of its output."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def build(self) -> onnx.ModelProto:
        hidden = self._embeddings()
        means = []
        for number in range(LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{number}")
            if number + 1 == STATES_LAYER:
                self._nodes.append(helper.make_node("Identity", [hidden], ["states"]))
            if number + 1 in MEANS_LAYERS:
                means.append(self._mean(hidden))
        self._nodes.append(
            helper.make_node("LpNormalization", [self._mean(hidden)], ["vector"], axis=-1, p=2)
        )
        self._nodes.append(helper.make_node("Concat", ["vector", *means], ["layers"], axis=-1))
        dynamic = ["batch", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, dynamic)],
            [
                helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", WIDTH]),
                helper.make_tensor_value_info("layers", TensorProto.FLOAT, ["batch", LAYERS_WIDTH]),
                helper.make_tensor_value_info("states", TensorProto.FLOAT, [*dynamic, WIDTH]),
            ],
            list(self._constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
        onnx.checker.check_model(model)
        return model

    def _embeddings(self) -> str:
        words = self._node("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        token_type = self._constant("token_type", self._weights["embeddings.token_type_embeddings.weight"][0])
        length = self._node("Squeeze", self._node("Shape", "ids", start=1, end=2))
        zero, one = (self._constant(f"int_{n}", np.array(n, dtype=np.int64)) for n in (0, 1))
        positions = self._node(
            "Gather",
            self._weight("embeddings.position_embeddings.weight"),
            self._node("Range", zero, length, one),
        )
        total = self._node("Add", self._node("Add", words, positions), token_type)
        return self._normalized(total, "embeddings.LayerNorm")

    def _layer(self, hidden: str, name: str) -> str:
        attended = self._attention(hidden, f"{name}.attention.self")
        attended = self._dense(attended, f"{name}.attention.output.dense")
        hidden = self._normalized(self._node("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
        inner = self._node("Gelu", self._dense(hidden, f"{name}.intermediate.dense"))
        inner = self._dense(inner, f"{name}.output.dense")
        return self._normalized(self._node("Add", inner, hidden), f"{name}.output.LayerNorm")

    def _attention(self, hidden: str, name: str) -> str:
        """Multiply once for queries, keys and values together, which is quicker than three times."""
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self._weights[f"{name}.weight"] = np.concatenate([self._weights[f"{part}.weight"] for part in parts])
        self._weights[f"{name}.bias"] = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        together = self._dense(hidden, name)
        self._nodes.append(helper.make_node("Split", [together], parts, axis=-1, num_outputs=len(parts)))
        query = self._heads(parts[0], (0, 2, 1, 3))
        key = self._heads(parts[1], (0, 2, 3, 1))
        value = self._heads(parts[2], (0, 2, 1, 3))
        scale = self._constant("scale", np.array(HEAD_WIDTH**-0.5, dtype=np.float32))
        scores = self._node("Mul", self._node("MatMul", query, key), scale)
        shares = self._node("Softmax", scores, axis=-1)
        mixed = self._node("Transpose", self._node("MatMul", shares, value), perm=(0, 2, 1, 3))
        return self._node("Reshape", mixed, self._constant("flat", np.array([0, 0, WIDTH], dtype=np.int64)))

    def _heads(self, states: str, order: tuple[int, ...]) -> str:
        shape = self._constant("by_head", np.array([0, 0, HEADS, HEAD_WIDTH], dtype=np.int64))
        return self._node("Transpose", self._node("Reshape", states, shape), perm=order)

    def _dense(self, states: str, name: str) -> str:
        matrix = self._constant(f"{name}.weight", np.ascontiguousarray(self._weights[f"{name}.weight"].T))
        return self._node("Add", self._node("MatMul", states, matrix), self._weight(f"{name}.bias"))

    def _normalized(self, states: str, name: str) -> str:
        scale, shift = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._node("LayerNormalization", states, scale, shift, axis=-1, epsilon=EPSILON)

    def _mean(self, hidden: str) -> str:
        tokens = self._constant("axis_1", np.array([1], dtype=np.int64))
        return self._node("ReduceMean", hidden, tokens, keepdims=0)

    def _node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        output = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, value: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(value, name)
        return name
