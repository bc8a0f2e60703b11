"""What higher domains want to be told: they register here, so that places need not know them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from schoolward.platform.access.viewer import Viewer


class CampusesChanged(Protocol):
    """Called inside the transaction of the change."""

    def __call__(self, *, by: Viewer, at: datetime) -> object: ...


_listeners: list[CampusesChanged] = []


def on_campuses_changed(function: CampusesChanged) -> CampusesChanged:
    """Call ``function(by=, at=)`` whenever addresses, points, dates or bell times of campuses have changed.

    It runs once after a whole import, inside its transaction: if it fails, nothing is changed.
    """
    if function not in _listeners:
        _listeners.append(function)
    return function


def campuses_changed(*, by: Viewer, at: datetime) -> None:
    """Tell everybody who registered, in the order in which they did."""
    for function in _listeners:
        function(by=by, at=at)
