"""What repeats the content of protected rows outside their tables: uploads, and reports about them.

No seal and no trigger reaches it, and whose content it is cannot be told. So all of it goes whenever a record
is sealed or disposed of (docs/decisions/0091). A storey above registers how, as it registers policies.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, TypeVar

from schoolward.platform.access.viewer import Viewer


class Forget(Protocol):
    """Removes such copies in the caller's transaction."""

    def __call__(self, *, by: Viewer, at: datetime) -> object: ...


Way = TypeVar("Way", bound=Forget)
_ways: list[Forget] = []


def copies(forget: Way) -> Way:
    """Add a way by which copies are removed."""
    _ways.append(forget)
    return forget


def forget_copies(*, by: Viewer, at: datetime) -> None:
    """Remove every copy. Called before the chain is locked, as whoever applies an upload locks that first."""
    for forget in _ways:
        forget(by=by, at=at)
