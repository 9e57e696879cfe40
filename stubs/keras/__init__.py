"""Stub of Keras, see the stub of TensorFlow."""

import sys

from tensorflow import StubModule

sys.modules[__name__].__class__ = StubModule
