"""What a session cannot know by itself: the time, chance, and what the device says of itself."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import chain, repeat


def _random_uuid() -> str:
    return str(uuid.uuid4())


@dataclass
class Sources:
    """``now`` must be aware; its offset is the one in which dates are read and written.

    ``random`` gives numbers from 0 up to 1, ``uuid`` texts; ``properties`` are username, email, phonenumber
    and deviceid; ``language`` is that of choice names, ``""`` for the form's default.
    """

    now: datetime
    random: Callable[[], float] = random.random
    uuid: Callable[[], str] = _random_uuid
    properties: Mapping[str, str] = field(default_factory=dict)
    language: str = ""

    @property
    def offset(self) -> timezone:
        """The offset from UTC of ``now``, fixed."""
        return timezone(self.now.utcoffset() or timedelta())


def in_turn(numbers: Iterable[float]) -> Callable[[], float]:
    """A random source that gives these numbers in order, then 0.5 for ever: for tests that repeat exactly."""
    given = chain(numbers, repeat(0.5))
    return lambda: next(given)


def texts_in_turn(texts: Iterable[str]) -> Callable[[], str]:
    """A source of ids that gives these in order, then numbered ones: for tests that repeat exactly."""
    given = chain(texts, (f"00000000-0000-4000-8000-{number:012}" for number in range(10**12)))
    return lambda: next(given)
