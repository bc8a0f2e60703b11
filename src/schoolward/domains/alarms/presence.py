"""Which receivers run: each says so every few seconds, in a lease of its own that nobody else takes.

A lease that has run out tells of a receiver that died; one without a holder of one that was stopped in order.
"""

from __future__ import annotations

from typing import Final

_PREFIX: Final = "r:"
"""A receiver's name has up to 38 characters, a lease's 40."""
DEMONSTRATION: Final = "demonstration-1"
"""The receiver whose journal the demonstration brings. It ran when that was made, and never again."""
SECONDS_OF_PRESENCE: Final = 10.0
SECONDS_BETWEEN_PRESENCE: Final = 2.5


def presence_of(receiver: str) -> str:
    """The name of the lease by which a receiver says that it runs."""
    return _PREFIX + receiver


def is_presence(lease: str) -> bool:
    """Whether the lease only says that a receiver runs."""
    return lease.startswith(_PREFIX)
