"""A false-alarm ordinance as dated data: what counts, in which window, at what fee, from when to when."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from schoolward.analysis.alarm_fees.days import BusinessDays

TYPES: Final = ("burglary", "robbery", "panic", "fire", "medical", "other")
"""Kinds of alarm. Robbery is a hold-up button, panic any other alarm that a person gives on purpose."""

ANY_TYPE: Final = "*"
"""In a schedule: every type that no other schedule of the edition names."""


class WindowKind(StrEnum):
    """Over what time alarms are counted together."""

    CALENDAR_YEAR = "calendar-year"
    PERMIT_YEAR = "permit-year"
    ROLLING_DAYS = "rolling-days"
    ROLLING_MONTHS = "rolling-months"


class Exclusion(StrEnum):
    """What keeps an alarm without a real cause from counting, where the ordinance lists it."""

    NOT_DISPATCHED = "not_dispatched"
    CANCELLED_BEFORE_DISPATCH = "cancelled_before_dispatch"
    CANCELLED_BEFORE_ARRIVAL = "cancelled_before_arrival"
    TEST = "test"
    VIOLENT_WEATHER = "violent_weather"
    POWER_OUTAGE = "power_outage"
    TELEPHONE_LINE = "telephone_line"
    ALARM_COMPANY = "alarm_company"
    OUTSIDER = "outsider"


class UnpermittedMode(StrEnum):
    """How an alarm without a permit is charged."""

    INSTEAD = "instead"
    """The fee stands in place of the schedule's."""
    ADDED = "added"
    """The fee is a surcharge on the schedule's."""


class DayKind(StrEnum):
    """How a term is counted."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True)
class Window:
    """The time over which alarms are counted; `length` is days or months of a rolling one, else 0."""

    kind: WindowKind
    length: int = 0

    def __str__(self) -> str:
        """Return it as a sentence names it."""
        return {
            WindowKind.CALENDAR_YEAR: "the calendar year",
            WindowKind.PERMIT_YEAR: "the permit year",
            WindowKind.ROLLING_DAYS: f"{self.length} days",
            WindowKind.ROLLING_MONTHS: f"{self.length} months",
        }[self.kind]


@dataclass(frozen=True)
class Tier:
    """From the alarm with this ordinal on, each costs this much."""

    first: int
    cents: int


@dataclass(frozen=True)
class Schedule:
    """Fees of some types, which are counted together unless `each` has a count of its own."""

    types: tuple[str, ...]
    tiers: tuple[Tier, ...]
    each: bool = False


@dataclass(frozen=True)
class Unpermitted:
    """The fee without a valid permit.

    The first `waive_first` of a system that never had one are waived if a permit follows within
    `waive_within_days` of the first of them.
    """

    cents: int
    mode: UnpermittedMode
    waive_first: int = 0
    waive_within_days: int = 0


@dataclass(frozen=True)
class PermitFees:
    """Fees of one kind of permit, in cents, and how many months it holds."""

    first_cents: int = 0
    renewal_cents: int = 0
    late_renewal_cents: int = 0
    reinstatement_cents: int = 0
    term_months: int = 12


@dataclass(frozen=True)
class PaymentRule:
    """When fees are due after the notice, what lateness costs, and whether it cancels the permit."""

    due_days: int = 30
    late_fee_cents: int = 0
    cancels_permit: bool = False


@dataclass(frozen=True)
class AppealRule:
    """How long after the notice an appeal may be filed, and how long the city has to decide (0: not said).

    `extends` moves a term of calendar days that ends on a weekend or holiday to the next business day.
    """

    days: int
    kind: DayKind = DayKind.CALENDAR
    decision_days: int = 0
    decision_kind: DayKind = DayKind.CALENDAR
    extends: bool = False


@dataclass(frozen=True)
class Edition:
    """The ordinance as it stood from one day to another, both included; `valid_to` None has no end.

    `schedules` is None where the amounts are not known: alarms are then counted, and no fee is claimed.
    `until_reset` counts all signals of a system before its reset once. `notice_days` is how long after the
    alarm the notice is taken to be given where an event does not say. `from_text` and `assumed` say which
    of this stands in the source and which is ours.
    """

    valid_from: date
    valid_to: date | None
    window: Window
    schedules: tuple[Schedule, ...] | None
    exclusions: tuple[Exclusion, ...] = ()
    until_reset: bool = False
    grace_days: int = 0
    unpermitted: Unpermitted | None = None
    permits: dict[str, PermitFees] = field(default_factory=dict)
    payment: PaymentRule = PaymentRule()
    appeal: AppealRule | None = None
    notice_days: int = 0
    business_days: BusinessDays = field(default_factory=BusinessDays)
    citation: str = ""
    from_text: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    def schedule_of(self, kind: str) -> Schedule | None:
        """Return the schedule for a type of alarm, None if the ordinance has none for it."""
        schedules = self.schedules or ()
        named = [schedule for schedule in schedules if kind in schedule.types]
        rest = [schedule for schedule in schedules if ANY_TYPE in schedule.types]
        return next(iter(named + rest), None)

    def counters(self) -> dict[str, str]:
        """Return for each type the name of the count that it belongs to; types of one name are one count."""
        found = {}
        for kind in TYPES:
            schedule = self.schedule_of(kind)
            if schedule is None:
                found[kind] = "unknown" if self.schedules is None else f"none:{kind}"
            else:
                found[kind] = kind if schedule.each else "+".join(schedule.types)
        return found

    def permit_fees(self, kind: str) -> PermitFees:
        """Return the fees of a kind of permit; those under "*" for a kind that is not named, else none."""
        return self.permits.get(kind) or self.permits.get(ANY_TYPE) or PermitFees()


@dataclass(frozen=True)
class Ordinance:
    """One city's rule through its editions, oldest first, without overlap. Times are of `time_zone`."""

    key: str
    title: str
    time_zone: str
    source: str
    editions: tuple[Edition, ...]

    def edition_on(self, day: date) -> Edition | None:
        """Return the edition in force on a day."""
        for edition in self.editions:
            if edition.valid_from <= day and (edition.valid_to is None or day <= edition.valid_to):
                return edition
        return None

    @property
    def needs_permits(self) -> bool:
        """Whether alarms cannot be counted without knowing when permits began."""
        return any(edition.window.kind is WindowKind.PERMIT_YEAR for edition in self.editions)
