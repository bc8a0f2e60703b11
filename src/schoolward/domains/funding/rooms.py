"""Names of a package that are loaded when they are first asked for.

The planner's types take Pydantic, which takes half a second to load. Commands that read approved plans, and
the registries that every command fills, do without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def asked_late(package: str, rooms: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package: each name is taken from the module that ``rooms`` has it in."""
    room_of = {name: room for room, names in rooms.items() for name in names}

    def find(name: str) -> Any:
        if name not in room_of:
            raise AttributeError(f"{package} has no {name}")
        return getattr(import_module(f"{package}.{room_of[name]}"), name)

    return find
