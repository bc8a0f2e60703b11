"""Where whoever sets money of a budget line aside says so; grants know nothing of who registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class SetAside:
    """What is set aside of a budget line and is in no ledger yet, in cents.

    ``lacks``: what the line, after all that was spent and obligated, has too little for it.
    """

    award_id: int
    line_id: int
    cents: int
    lacks: int


Teller = Callable[[Viewer, date], Iterable[SetAside]]
_tellers: list[Teller] = []


def tells_set_aside(function: Teller) -> Teller:
    """Register a function that tells what is set aside of the lines that a viewer may see, on a day."""
    if function not in _tellers:
        _tellers.append(function)
    return function


def set_aside(viewer: Viewer, *, on: date) -> list[SetAside]:
    """What is set aside of every line on a day, by everybody who registered."""
    return [one for teller in _tellers for one in teller(viewer, on)]


def lacking_on(viewer: Viewer, *, line_id: int | None, on: date) -> int:
    """How much a line has too little for what is set aside on it, in cents; nothing where it has enough."""
    return sum(one.lacks for one in set_aside(viewer, on=on) if one.line_id == line_id)
