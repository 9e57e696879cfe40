"""Comparison of installed frameworks, by version and signature, with those that a program was written for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Dependency:
    """An undocumented function of a framework that is replaced, wrapped or called."""

    function: str
    """`package.module:Class.function`."""
    signature: str
    """Without annotations, with `...` for each default, and prefixed with `async` for a coroutine."""
    reason: str
    used_by: str
    sets: tuple[str, ...] = ()
    """Attributes set by the function that are read or replaced."""


def differences(versions: Mapping[str, str], dependencies: Sequence[Dependency]) -> list[str]:
    """Describe each package and each function that differs."""
    found = (_version_difference(package, expected) for package, expected in versions.items())
    return [*filter(None, found), *(line for each in dependencies for line in _function_differences(each))]


def _version_difference(package: str, expected: str) -> str | None:
    installed = getattr(import_module(package), "__version__", "none")
    if installed == expected:
        return None
    return f"{package}: wrong version (got {installed} / expected {expected})"


def _function_differences(dependency: Dependency) -> Iterator[str]:
    why = f"; {dependency.used_by} needs it: {dependency.reason}"
    try:
        function = _resolved(dependency.function)
    except (ImportError, AttributeError):
        yield f"{dependency.function}: missing{why}"
        return
    found = signature_of(function)
    if found != dependency.signature:
        yield (f"{dependency.function}: wrong signature (got {found} / expected {dependency.signature}){why}")
        return
    for attribute in set(dependency.sets) - set(inspect.unwrap(function).__code__.co_names):
        yield f"{dependency.function}: does not set {attribute} any more{why}"


def _resolved(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(":")
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    resolved: Callable[..., Any] = found
    return resolved


class _AnyDefault:
    def __repr__(self) -> str:
        return "..."


def signature_of(function: Callable[..., Any]) -> str:
    """Return the signature in the form of `Dependency.signature`."""
    signature = inspect.signature(function)
    parameters = [_bare(parameter) for parameter in signature.parameters.values()]
    text = str(signature.replace(parameters=parameters, return_annotation=inspect.Signature.empty))
    return f"async {text}" if inspect.iscoroutinefunction(inspect.unwrap(function)) else text


def _bare(parameter: inspect.Parameter) -> inspect.Parameter:
    default = parameter.empty if parameter.default is parameter.empty else _AnyDefault()
    return parameter.replace(annotation=parameter.empty, default=default)
