"""Stub of TensorFlow, which Rasa imports for components that this project does not use.

Rasa's modules read names of TensorFlow while they are imported, for base classes, annotations and defaults. This works;
every use of a name later raises `TensorFlowMissingError`. An installed TensorFlow takes precedence over this stub.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType
from typing import NoReturn

from rasa.shared.exceptions import InvalidConfigException

_STUBS = ("tensorflow.", "keras.")
_OPTIMIZED = 0x1  # flag of a function's code; the code of modules and class bodies lacks it
_FIX = (
    "Remove the component that needs TensorFlow from config.yml, or install TensorFlow: delete the lines with "
    '"tensorflow" from override-dependencies in pyproject.toml, then run `make lock` and `make setup`.'
)


class TensorFlowMissingError(InvalidConfigException, AttributeError):
    """Use of TensorFlow where it is not installed.

    Rasa reports it without a stack trace, and `hasattr` takes it for a missing attribute.
    """


class Name(type):
    """Metaclass of everything read from a stub: it can be inherited from and annotated with, and nothing else."""

    def __getattr__(cls, name: str) -> Name:
        return _read(f"{cls.__module__}.{cls.__qualname__}", name, sys._getframe(1))

    def __call__(cls, *args: object, **kwargs: object) -> NoReturn:
        raise _missing(f"{cls.__module__}.{cls.__qualname__}", sys._getframe(1))

    def __instancecheck__(cls, instance: object) -> NoReturn:
        raise _missing(f"{cls.__module__}.{cls.__qualname__}", sys._getframe(1))


class StubModule(ModuleType):
    """Module that holds any name."""

    def __getattr__(self, name: str) -> Name:
        return _read(self.__name__, name, sys._getframe(1))


class _Finder(MetaPathFinder, Loader):
    """Finds every submodule of the stubs; names that begin with a capital are classes."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        is_module = name.startswith(_STUBS) and name.rpartition(".")[2][:1].islower()
        return ModuleSpec(name, self, is_package=True) if is_module else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return StubModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module empty."""


def _read(owner: str, name: str, frame: FrameType) -> Name:
    caller = _outside_import(frame)
    if caller.f_code.co_flags & _OPTIMIZED or name.startswith("__"):
        raise _missing(f"{owner}.{name}", caller)
    return Name(name, (), {"__module__": owner})


def _outside_import(frame: FrameType) -> FrameType:
    """Return the frame itself or, inside the import system, the one that imports."""
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("importlib."):
        frame = frame.f_back
    return frame


def _missing(name: str, frame: FrameType) -> TensorFlowMissingError:
    where = f"{frame.f_globals.get('__name__')}, line {frame.f_lineno}, in {frame.f_code.co_name}"
    return TensorFlowMissingError(f"{name} is used by {where}, but TensorFlow is not installed. {_FIX}")


sys.meta_path.append(_Finder())
sys.modules[__name__].__class__ = StubModule
