"""Which day of a protected table's rows the years of keeping are counted from. Registered as policies are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolward.platform.access.models.retention import KeptAfter
from schoolward.platform.access.viewer import Viewer

Erase = Callable[[Sequence[int], Viewer, datetime], None]


@dataclass(frozen=True)
class Retained:
    """A protected table's declaration.

    ``events`` maps each event that a schedule may name to the date field of the row, or of a row that it
    points at (``referral__closed_on``); for :attr:`KeptAfter.TURNED_18` that is the date of birth. A row
    whose date is empty is not due. ``erase`` removes what else holds the content of these rows, such as
    files; it is called with their numbers in the transaction that deletes them, before they go.
    """

    model: str
    events: Mapping[str, str]
    erase: Erase | None = None

    def __post_init__(self) -> None:
        unknown = set(self.events) - set(KeptAfter.values)
        if unknown or not self.events:
            raise ValueError(f"{self.model}: declare one of {', '.join(KeptAfter.values)}")


_retained: dict[str, Retained] = {}


def retain(declared: Retained) -> Retained:
    """Add a table's declaration. Raises ``ValueError`` when the table has one."""
    if declared.model in _retained:
        raise ValueError(f"{declared.model} says already how it is kept")
    _retained[declared.model] = declared
    return declared


def retained() -> dict[str, Retained]:
    """Every declaration, by its table's label."""
    return dict(sorted(_retained.items()))
