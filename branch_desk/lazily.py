"""Packages whose parts are loaded when they are first asked for: a window need not wait for all."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def parts(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """Return a package's `__getattr__` (PEP 562).

    `places` says for each module of the package, by its last name, which names it gives; no such
    name may be a module's. The package imports the same names where types are checked.
    """
    owner = {name: module for module, names in places.items() for name in names.split()}

    def found(name: str) -> object:
        if name not in owner:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{owner[name]}")
        value: object = getattr(module, name)
        setattr(sys.modules[package], name, value)
        return value

    return found
