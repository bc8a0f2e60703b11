"""What the engine is told: alarms (in columns, for there are many), permits, appeals and payments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.alarm_fees.days import NO_DAY, Integers, day_number
from schoolward.analysis.alarm_fees.ordinance import TYPES

Codes = NDArray[np.int8]

DISPOSITIONS: Final = ("false", "unknown", "crime", "attempt", "emergency", "test")
"""What was found. "unknown" is not decided yet; crime, attempt and emergency are real causes."""

REAL_CAUSES: Final = ("crime", "attempt", "emergency")

CANCELLED: Final = ("no", "before_dispatch", "before_arrival")
"""Whether the alarm was called off, and before what."""

WEATHER: Final = ("none", "violent")
"""Violent conditions of nature at the time, such as lightning, high wind or an earthquake."""

CAUSES: Final = (
    "not_stated",
    "user",
    "equipment",
    "animals",
    "hvac",
    "decorations",
    "power_outage",
    "telephone_line",
    "alarm_company",
    "outsider",
    "other",
)
"""Why the alarm sounded. An outsider is a person for whom the alarm's owner does not answer."""


class ConflictingEvents(ValueError):
    """Two alarms with one number say different things."""


@dataclass(frozen=True, slots=True)
class Event:
    """One alarm. Times have an offset; `notified_on` is the day of the city's notice (None: not known)."""

    event: str
    time: datetime
    system: str
    type: str = "burglary"
    disposition: str = "false"
    dispatched: bool = True
    cancelled: str = "no"
    weather: str = "none"
    cause: str = "not_stated"
    reset_at: datetime | None = None
    notified_on: date | None = None


@dataclass(frozen=True)
class Events:
    """Alarms in columns of one length n, in any order; numbers in `event` are all different.

    `time` and `reset` are UTC seconds since 1970-01-01 (`reset` NO_DAY where it is not known), `notified` is
    a day number (NO_DAY likewise), `system` indexes `systems`, and the others index TYPES, DISPOSITIONS,
    CANCELLED, WEATHER and CAUSES.
    """

    event: Sequence[str]
    time: Integers
    systems: Sequence[str]
    system: Integers
    type: Codes
    disposition: Codes
    dispatched: NDArray[np.bool_]
    cancelled: Codes
    weather: Codes
    cause: Codes
    reset: Integers
    notified: Integers

    def __len__(self) -> int:
        return len(self.time)

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Events":
        """Put alarms into columns. One that stands there twice, the same in all, is taken once.

        Raises ConflictingEvents if two of one number differ, and ValueError for a value that is not known.
        """
        unlike: dict[str, Event] = {}
        for event in events:
            if unlike.setdefault(event.event, event) != event:
                raise ConflictingEvents(f"alarm {event.event} is there twice, and the two differ")
        rows = list(unlike.values())
        systems = sorted({row.system for row in rows})
        number = {name: index for index, name in enumerate(systems)}
        return cls(
            event=[row.event for row in rows],
            time=np.array([_seconds(row.time) for row in rows], dtype=np.int64),
            systems=systems,
            system=np.array([number[row.system] for row in rows], dtype=np.int64),
            type=_coded((row.type for row in rows), TYPES),
            disposition=_coded((row.disposition for row in rows), DISPOSITIONS),
            dispatched=np.array([row.dispatched for row in rows], dtype=np.bool_),
            cancelled=_coded((row.cancelled for row in rows), CANCELLED),
            weather=_coded((row.weather for row in rows), WEATHER),
            cause=_coded((row.cause for row in rows), CAUSES),
            reset=np.array(
                [NO_DAY if row.reset_at is None else _seconds(row.reset_at) for row in rows], dtype=np.int64
            ),
            notified=np.array([_day(row.notified_on) for row in rows], dtype=np.int64),
        )

    def rows(self) -> Iterable[Event]:
        """Give the alarms back one by one."""
        for index, name in enumerate(self.event):
            reset, notified = int(self.reset[index]), int(self.notified[index])
            yield Event(
                event=name,
                time=datetime.fromtimestamp(int(self.time[index]), UTC),
                system=self.systems[int(self.system[index])],
                type=TYPES[self.type[index]],
                disposition=DISPOSITIONS[self.disposition[index]],
                dispatched=bool(self.dispatched[index]),
                cancelled=CANCELLED[self.cancelled[index]],
                weather=WEATHER[self.weather[index]],
                cause=CAUSES[self.cause[index]],
                reset_at=None if reset == NO_DAY else datetime.fromtimestamp(reset, UTC),
                notified_on=None if notified == NO_DAY else date.fromordinal(notified + _EPOCH_ORDINAL),
            )

    @classmethod
    def merged(cls, *batches: "Events") -> "Events":
        """Put batches together, as one would have come. Raises ConflictingEvents."""
        return cls.of(row for batch in batches for row in batch.rows())


@dataclass(frozen=True, slots=True)
class Permit:
    """One term of a permit, from its first grant or one renewal to the next.

    It holds from the later of `starts_on` and `issued_on` to `ends_on` (None: as long as the ordinance says).
    The permit year is counted from `starts_on`. It is out of force from `cancelled_on` to the day before
    `reinstated_on`. `installed_on` is the day on which the alarm system was put in.
    """

    system: str
    number: str
    starts_on: date
    kind: str = "*"
    issued_on: date | None = None
    ends_on: date | None = None
    cancelled_on: date | None = None
    reinstated_on: date | None = None
    installed_on: date | None = None

    @property
    def valid_from(self) -> date:
        """The first day on which it holds, and on which its fee is charged."""
        return self.starts_on if self.issued_on is None else max(self.starts_on, self.issued_on)


class Outcome(StrEnum):
    """How an appeal ended; one that is not decided has none."""

    GRANTED = "granted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal against the charge for one alarm."""

    event: str
    filed_on: date
    decided_on: date | None = None
    outcome: Outcome | None = None


Payments = Mapping[str, date]
"""The day on which the whole charge for an alarm was paid, by the alarm's number."""


def _coded(values: Iterable[str], known: Sequence[str]) -> Codes:
    number = {name: index for index, name in enumerate(known)}
    try:
        return np.array([number[value] for value in values], dtype=np.int8)
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} is not one of {', '.join(known)}") from None


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError(f"the time {moment} has no offset from UTC")
    return int(moment.timestamp() // 1)


def _day(day: date | None) -> int:
    return NO_DAY if day is None else day_number(day)


_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
