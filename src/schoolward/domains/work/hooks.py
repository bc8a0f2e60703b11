"""What higher domains want to be told of work, and whom they let read it: work need not know them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from schoolward.platform.access.viewer import Viewer


class WorkMoved(Protocol):
    """Called inside the transaction of the move, with the work as it stands now."""

    def __call__(self, *, item: Any, reason: str, by: Viewer, at: datetime) -> object: ...


_listeners: list[WorkMoved] = []


def on_work_moved(function: WorkMoved) -> WorkMoved:
    """Call ``function(item=, reason=, by=, at=)`` whenever a piece of work has made a move.

    If it fails, the move is not made.
    """
    if function not in _listeners:
        _listeners.append(function)
    return function


def work_moved(*, item: Any, reason: str, by: Viewer, at: datetime) -> None:
    """Tell everybody who registered, in the order in which they did."""
    for function in _listeners:
        function(item=item, reason=reason, by=by, at=at)


_closed: dict[str, frozenset[str]] = {}


def keep_details_closed(source: str, *, to: Iterable[str]) -> None:
    """Let these roles alone read the description and evidence of work that a kind of record has asked for.

    ``source`` is how its source begins, as ``"app.Model"``. What the record shows to few must not stand open
    on its work.
    """
    _closed[f"{source}:"] = frozenset(to)


def sources_closed_to(role: str) -> tuple[str, ...]:
    """How the sources begin whose work does not tell this role its details."""
    return tuple(begin for begin, roles in _closed.items() if role not in roles)
