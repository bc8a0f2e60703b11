"""What higher domains want to be told of work: they register here, so that work need not know them."""

from __future__ import annotations

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
