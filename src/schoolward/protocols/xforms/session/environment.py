"""What an expression sees: the session that asks, ``current()``, and its place among candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timezone
from typing import Any, Protocol

from .moments import Moment
from .sources import Sources
from .tree import Instance, StaticNode


class Form(Protocol):
    """What expressions ask of the form: its own description, and its secondary instances."""

    @property
    def form(self) -> Mapping[str, Any]: ...

    @property
    def instances(self) -> Mapping[str, StaticNode]: ...


class Asked(Protocol):
    """What expressions ask of a session: declared below it, so that neither needs the other's module."""

    @property
    def program(self) -> Form: ...

    @property
    def sources(self) -> Sources: ...

    @property
    def root(self) -> Instance: ...

    @property
    def singles(self) -> list[Any]: ...

    @property
    def offset(self) -> timezone: ...

    @property
    def now(self) -> Moment: ...

    @property
    def today(self) -> Moment: ...

    def choice_name(self, instance: Any, value: str) -> str: ...

    def text_by_id(self, key: str, node: Any) -> str: ...


class Environment:
    """What an expression sees beside its context node: ``current()``, and its place among candidates."""

    __slots__ = ("current", "offset", "position", "session", "size")

    def __init__(self, session: Asked, current: Any, position: int = 1, size: int = 1) -> None:
        self.session = session
        self.current = current
        self.position = position
        self.size = size
        self.offset = session.offset


Evaluated = Callable[[Any, Environment], Any]
