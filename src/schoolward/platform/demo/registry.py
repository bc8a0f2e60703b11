"""Seeds register here; the demonstration runs them in order inside one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class SeedContext:
    """What a seed is given: who acts, when, and the day that the demonstration stands at."""

    by: Viewer
    at: datetime
    today: date
    random_seed: int = 20120906


Seed = Callable[[SeedContext], str]
_seeds: dict[int, tuple[str, Seed]] = {}


def seed(order: int, title: str) -> Callable[[Seed], Seed]:
    """Register a seed. It returns one sentence of what it made. Raises ``ValueError`` on a taken order."""

    def register(function: Seed) -> Seed:
        if order in _seeds:
            raise ValueError(f"two seeds have the order {order}: {_seeds[order][0]} and {title}")
        _seeds[order] = (title, function)
        return function

    return register


def all_seeds() -> list[tuple[str, Seed]]:
    """Every seed with its title, in order."""
    return [_seeds[order] for order in sorted(_seeds)]
