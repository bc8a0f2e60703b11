"""What happens at the sites of the demonstration, day by day: who opens, what is set off, and why. Invented.

Everything is drawn by one seeded generator. A site is armed from the time at which its last person leaves to
that at which the first comes, so alarms lie there; an alarm that nobody's zone could give is not told.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from schoolward.domains.alarms.seed.calendar import SHARES, Kind, days, expected, kind_of
from schoolward.domains.alarms.seed.ground import (
    SUMMER,
    SUMMER_HOURS,
    WITH_SUMMER_PROGRAM,
    Site,
)
from schoolward.domains.alarms.seed.patterns import PATTERNS, Pattern

CUSTODIAN, ADMINISTRATOR, TEACHER = "002", "005", "011"
_ROLES = {
    CUSTODIAN: "custodian",
    ADMINISTRATOR: "site administrator",
    TEACHER: "teacher",
}
#: From and to which hour of the day each cause acts; past 24 is the night that follows.
_HOURS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "staff_on_site": ((8, 12, 3), (17, 22, 2)),
    "hvac": ((18, 19.2, 5), (4, 6, 3), (0, 24, 2)),
    "decoration": ((18, 24, 5), (0, 24, 2)),
    "weather": ((0, 24, 1),),
    "animal": ((20, 29, 4), (5, 8, 1)),
    "equipment": ((0, 24, 1),),
    "contractor": ((7, 15, 4), (17, 21, 1)),
    "unknown": ((0, 24, 1),),
    "intruder": ((21, 28, 5), (14, 21, 1)),
}


@dataclass(frozen=True, slots=True)
class Truth:
    """Why something was set off. The desk finds out most of it (`endings`)."""

    cause: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a panel says: when (seconds since 1970), at which site, and for an alarm why."""

    at: int
    place: int
    data: bytes
    truth: Truth | None = None


class Story:
    """Tells the days one after the other. The same generator and sites tell the same."""

    def __init__(self, sites: Sequence[Site], random: Random, zone: ZoneInfo, last: date) -> None:
        self._sites = sites
        self._random = random
        self._zone = zone
        self._last = last
        self._spots = {cause: _spots(sites, cause) for cause in SHARES}

    def tell(self, first: date, last: date) -> Iterator[list[Said]]:
        """What is said on each day, in order of time."""
        for day in days(first, last):
            yield self._day(day)

    def _day(self, day: date) -> list[Said]:
        said: list[Said] = []
        opened = {site.place: hours for site in self._sites if (hours := self._hours(site, day)) is not None}
        for place, (opens, closes) in opened.items():
            said.append(Said(opens, place, f"NOP{CUSTODIAN}".encode()))
            said.append(Said(closes, place, f"NCL{CUSTODIAN}".encode()))
        erred: set[int] = set()
        for cause in SHARES:
            for _one in range(_poisson(self._random, expected(cause, day, self._last))):
                if cause == "user_error":
                    said += self._error(day, opened, erred)
                else:
                    said += self._alarm(day, cause, opened)
        for pattern in PATTERNS:
            said += self._pattern(pattern, day, opened)
        return sorted(said, key=lambda one: (one.at, one.place))

    def _hours(self, site: Site, day: date) -> tuple[int, int] | None:
        """When the site is opened and closed on the day, if it is."""
        draw = self._random
        if kind_of(day) is Kind.SCHOOL:
            early, late = round(draw.triangular(-14, 14, 0) * 60), round(draw.triangular(-25, 25, 0) * 60)
            if draw.random() < 0.002:
                early -= draw.randint(60, 150) * 60  # somebody comes far too early: a case of the schedule
            return self._at(day, site.opens) + early, self._at(day, site.closes) + late
        if site.place in WITH_SUMMER_PROGRAM and SUMMER[0] <= day <= SUMMER[1] and day.weekday() < 4:
            opens, closes = ((clock.hour * 60 + clock.minute) for clock in SUMMER_HOURS)
            shift = round(draw.triangular(-10, 10, 0) * 60)
            return self._at(day, opens) + shift, self._at(day, closes) - shift
        return None

    def _error(self, day: date, opened: dict[int, tuple[int, int]], erred: set[int]) -> list[Said]:
        """Somebody who comes in too slowly, or leaves a door open behind the exit delay."""
        draw = self._random
        place, number, device = self._spot("user_error")
        user = draw.choices((CUSTODIAN, ADMINISTRATOR, TEACHER), (5, 2, 3))[0]
        if device == "hold_up":
            at = self._at(day, draw.randint(9 * 60, 14 * 60))
            return [Said(at, place, b"NHA%03d" % number, Truth("user_error", "office staff"))]
        truth = Truth("user_error", _ROLES[user])
        if place in opened:
            if place in erred:
                return []
            erred.add(place)
            opens, closes = opened[place]
            if draw.random() < 0.62:
                return [Said(opens - draw.randint(25, 80), place, b"NBA%03d" % number, truth)]
            at = closes + draw.randint(40, 130)
            end = at + draw.randint(20, 70)
            alarm = Said(at, place, b"NBA%03d" % number, truth)
            return [alarm] if draw.random() < 0.5 else [alarm, Said(end, place, f"NBC{user}".encode())]
        at = self._at(day, draw.randint(8 * 60, 17 * 60))
        alarm = Said(at, place, b"NBA%03d" % number, truth)
        return [alarm, Said(at + draw.randint(25, 75), place, f"NBC{user}".encode())]

    def _alarm(self, day: date, cause: str, opened: dict[int, tuple[int, int]]) -> list[Said]:
        draw = self._random
        place, number, device = self._spot(cause)
        at = self._armed_moment(day, cause, opened.get(place))
        if at is None:
            return []
        role = ""
        if cause == "staff_on_site":
            role = draw.choice(("teacher", "coach", "custodian", "after-school staff", "site administrator"))
        code = "TA" if device == "panel" else "HA" if device == "hold_up" else "BA"
        truth = Truth(cause, role)
        said = [Said(at, place, f"N{code}{number:03d}".encode(), truth)]
        if cause == "intruder" and draw.random() < 0.6:
            other = draw.randint(1, len(self._sites[place].rooms))
            if other != number and self._sites[place].rooms[other - 1].device in ("motion", "door"):
                said.append(Said(at + draw.randint(15, 140), place, b"NBA%03d" % other))
        elif cause in ("hvac", "decoration", "animal", "weather") and draw.random() < 0.08:
            step = at
            for _again in range(draw.randint(2, 4)):
                step += draw.randint(70, 400)
                said.append(Said(step, place, b"NBA%03d" % number))
        return said

    def _pattern(self, pattern: Pattern, day: date, opened: dict[int, tuple[int, int]]) -> list[Said]:
        """A zone that is set off again and again by one thing."""
        site = self._sites[pattern.place]
        number = site.zone(pattern.room)
        if not number or day.weekday() not in pattern.weekdays:
            return []
        rate = pattern.weekly if pattern.mended is None or day < pattern.mended else pattern.weekly_after
        if self._random.random() >= rate / len(pattern.weekdays):
            return []
        at = self._at(day, 0) + round(self._random.uniform(*pattern.hours) * 3600)
        if _is_open(opened.get(pattern.place), at):
            return []
        return [Said(at, pattern.place, b"NBA%03d" % number, Truth(pattern.cause, pattern.role))]

    def _armed_moment(self, day: date, cause: str, hours: tuple[int, int] | None) -> int | None:
        draw = self._random
        spans = _HOURS[cause]
        for _try in range(6):
            begin, end, _weight = draw.choices(spans, [span[2] for span in spans])[0]
            at = self._at(day, 0) + round(draw.uniform(begin, end) % 24 * 3600)
            if not _is_open(hours, at):
                return at
        return None

    def _spot(self, cause: str) -> tuple[int, int, str]:
        cumulative, spots = self._spots[cause]
        return spots[bisect(cumulative, self._random.random() * cumulative[-1])]

    def _at(self, day: date, minutes: int) -> int:
        """The moment so many minutes after the local midnight, by the clock on the wall."""
        local = datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=self._zone)
        return round(local.timestamp())


def _spots(sites: Sequence[Site], cause: str) -> tuple[list[float], list[tuple[int, int, str]]]:
    """Where a cause strikes: zones by how much it is at home in them and how much trouble the site has."""
    weights, spots = [], []
    for site in sites:
        for number, room in enumerate(site.rooms, start=1):
            weight = room.weights.get(cause, 1.0)
            if weight:
                weights.append(weight * site.trouble)
                spots.append((site.place, number, room.device))
    return list(accumulate(weights)), spots


def _is_open(hours: tuple[int, int] | None, at: int) -> bool:
    """Whether somebody is there, with a minute around it in which the panel is being set."""
    return hours is not None and hours[0] - 90 <= at <= hours[1] + 180


def _poisson(random: Random, mean: float) -> int:
    """A count that is this many on average."""
    limit, count, product = math.exp(-mean), 0, random.random()
    while product > limit:
        count += 1
        product *= random.random()
    return count
