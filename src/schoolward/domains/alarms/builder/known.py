"""What the builder knows of systems, zones, tests, plans and hours, read in bulk and kept for seconds."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet

from schoolward.analysis import alarm_verification as rules
from schoolward.domains.alarms.actions.keeping import zone_number
from schoolward.domains.alarms.builder.arming import Span
from schoolward.domains.alarms.keys import KeyNotUnsealed, unseal
from schoolward.domains.alarms.models import ActionPlan, AlarmSystem, ArmingSchedule, Line, OnTest, Zone
from schoolward.domains.alarms.queries.cases import zone_history
from schoolward.domains.alarms.queries.judging import occupancy_at, share_of
from schoolward.domains.alarms.queries.plans import holding_plans, plan_for
from schoolward.domains.places.queries import campus_names, school_hours_table
from schoolward.domains.places.school_hours import SchoolHours
from schoolward.protocols.dc09 import DEFAULT, PROFILES, Key, KeyMalformed, Profile, prepare_key

SYSTEMS_KEPT = 2.0
"""Seconds for which a system is taken to be as it was read: receivers look again as often."""
REST_KEPT = 10.0
MOST_KEPT = 50_000
"""So many zones and histories are kept; beyond that they are forgotten and read again."""


@dataclass(frozen=True, slots=True)
class KnownSystem:
    """What is asked of a system for every frame."""

    pk: int
    line: str
    account: str
    campus_id: int
    title: str
    key: Key | None
    profile: Profile
    invented: bool


@lru_cache(maxsize=100_000)
def _opened(sealed: str, form: str, secret: str) -> Key | None:
    """A panel's key, opened once: that costs more than to decode a frame."""
    try:
        return prepare_key(unseal(sealed, secret), form) if sealed else None
    except (KeyNotUnsealed, KeyMalformed):
        return None


def profile_named(name: str) -> Profile:
    """A profile by name; one that this version does not know is read as the standard one."""
    return PROFILES.get(name, DEFAULT)


class Known:
    """Everything that is read once and asked often. One per process; a new one knows nothing yet."""

    def __init__(self) -> None:
        self._by_account: dict[str, list[KnownSystem]] = {}
        self._by_pk: dict[int, KnownSystem] = {}
        self._asked: set[str] = set()
        self._lines: dict[str, Profile] = {}
        self._zones: dict[tuple[int, str], tuple[int, str]] = {}
        self._zones_asked: set[tuple[int, str]] = set()
        self._shares: dict[int, float | None] = {}
        self._plans: dict[date, list[ActionPlan]] = {}
        self._hours: SchoolHours | None = None
        self._names: dict[int, str] = {}
        self._systems_at = self._rest_at = 0.0

    def refresh(self) -> None:
        """Forget what is too old to be relied on. Called before each batch."""
        now = time.monotonic()
        if now - self._systems_at > SYSTEMS_KEPT or len(self._asked) > MOST_KEPT:
            self._by_account.clear()
            self._by_pk.clear()
            self._asked.clear()
            self._lines = {line.name: profile_named(line.profile) for line in Line.objects.all()}
            self._systems_at = now
        if now - self._rest_at > REST_KEPT or len(self._zones) + len(self._shares) > MOST_KEPT:
            self._zones.clear()
            self._zones_asked.clear()
            self._shares.clear()
            self._plans.clear()
            self._names.clear()
            self._hours = None
            self._rest_at = now

    def line_profile(self, line: str) -> Profile:
        """The profile of a line; one that nobody entered has the standard's habits."""
        return self._lines.get(line, DEFAULT)

    def learn_accounts(self, accounts: Iterable[str]) -> None:
        """Read the systems of these accounts, on whatever line, in one query."""
        wanted = set(accounts) - self._asked
        if wanted:
            self._asked |= wanted
            self._take(AlarmSystem.objects.filter(account__in=wanted))

    def learn_systems(self, pks: Iterable[int]) -> None:
        """Read the systems of these keys."""
        wanted = set(pks) - set(self._by_pk)
        if wanted:
            self._take(AlarmSystem.objects.filter(pk__in=wanted))

    def _take(self, found: QuerySet[AlarmSystem]) -> None:
        rows = found.values_list(
            "pk",
            "line__name",
            "account",
            "campus_id",
            "title",
            "invented",
            "sealed_key",
            "profile",
            "line__profile",
        )
        for pk, line, account, campus_id, title, invented, sealed, own, of_line in rows:
            profile = profile_named(own or of_line)
            key = _opened(sealed, profile.key, settings.SECRET_KEY) if sealed else None
            system = KnownSystem(pk, line, account, campus_id, title, key, profile, invented)
            alike = self._by_account.setdefault(account, [])
            alike[:] = [other for other in alike if other.pk != pk]
            alike.append(system)
            self._by_pk[pk] = system

    def system(self, line: str, account: str) -> KnownSystem | None:
        """The system of an account on a line; on another line if it is known on exactly one.

        Receivers judge alike (`receiver.accounts`).
        """
        alike = self._by_account.get(account.upper(), ())
        for system in alike:
            if system.line == line:
                return system
        return alike[0] if len(alike) == 1 else None

    def system_by_pk(self, pk: int) -> KnownSystem | None:
        """A system that was learned."""
        return self._by_pk.get(pk)

    def learn_zones(self, wanted: Iterable[tuple[int, str]]) -> None:
        """Read the zones of these systems and numbers, in one query."""
        new = set(wanted) - self._zones_asked
        if not new:
            return
        self._zones_asked |= new
        rows = Zone.objects.filter(
            system_id__in={system for system, _number in new}, number__in={number for _system, number in new}
        ).values_list("pk", "system_id", "number", "title")
        for pk, system, number, title in rows:
            if (system, number) in new:
                self._zones[system, number] = (pk, title)

    def zone(self, system: int, number: str) -> tuple[int, str] | None:
        """(key, title) of a zone that was learned."""
        return self._zones.get((system, number)) if number else None

    def learn_histories(self, zones: Iterable[int]) -> None:
        """Read how often these zones were wrong, in one query."""
        new = [zone for zone in set(zones) if zone not in self._shares]
        if new:
            found = zone_history(new)
            for zone in new:
                self._shares[zone] = share_of(found.get(zone))

    def false_share(self, zone: int | None) -> float | None:
        """How often a zone was wrong at least, 0 to 1; ``None`` where that is not known."""
        return None if zone is None else self._shares.get(zone)

    def plan(self, signal_kind: str, campus_id: int | None, on: date) -> ActionPlan | None:
        """The plan for a kind of signal at a campus on a local day."""
        held = self._plans.get(on)
        if held is None:
            held = self._plans[on] = holding_plans(on)
        return plan_for(signal_kind, campus_id, held)

    @property
    def hours(self) -> SchoolHours:
        """When school is in."""
        if self._hours is None:
            self._hours = school_hours_table()
        return self._hours

    def occupancy(self, campus_id: int | None, at: datetime) -> rules.Occupancy:
        """Whether people should be on the campus."""
        return occupancy_at(self.hours, campus_id, at)

    def is_school_day(self, campus_id: int, day: date) -> bool:
        """Whether there is school on a campus on the local day."""
        return self.hours.on(campus_id, day) is not None

    def campus_name(self, campus_id: int | None) -> str:
        """The name of a campus."""
        if campus_id is None:
            return ""
        if not self._names:
            self._names = campus_names()
        return self._names.get(campus_id, "")


class Tests:
    """Which systems were on test when."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self._spans: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        covering = OnTest.objects.filter(begins__lte=last, ends__gt=first)
        for system, begins, ends in covering.values_list("system_id", "begins", "ends"):
            self._spans[system].append((begins, ends))

    def cover(self, system: int, at: datetime) -> bool:
        """Whether the system was on test at the moment."""
        return any(begins <= at < ends for begins, ends in self._spans.get(system, ()))


def spans_of(systems: Iterable[int]) -> dict[int, list[Span]]:
    """The schedules of these systems."""
    return _spans(ArmingSchedule.objects.filter(system_id__in=set(systems)))


def all_spans() -> dict[int, list[Span]]:
    """The schedules of all systems."""
    return _spans(ArmingSchedule.objects.all())


def _spans(rows: Iterable[ArmingSchedule]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for row in rows:
        found[row.system_id].append(
            Span(
                row.weekday,
                row.on_school_days,
                row.opens,
                row.closes,
                timedelta(minutes=row.tolerance_minutes),
                row.valid_from,
                row.valid_to,
            )
        )
    return dict(found)


def plain_partition(sent: str | None) -> str:
    """A partition as grouping compares it: without leading zeros, and blank for none or zero."""
    return (sent or "").strip().lstrip("0")[:8]


def plain_zone(sent: str | None) -> str:
    """A zone as it is compared: without leading zeros, and blank for none or zero."""
    return zone_number(sent or "").removeprefix("0")[:8] if sent else ""


__all__: Sequence[str] = (
    "Known",
    "KnownSystem",
    "Tests",
    "all_spans",
    "plain_partition",
    "plain_zone",
    "profile_named",
    "spans_of",
)
