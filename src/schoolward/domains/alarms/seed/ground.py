"""The demonstration's panels, zones, call lists, plans, schedules and permits: invented, at real campuses."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.conf import settings

from schoolward.domains.alarms.keys import seal
from schoolward.domains.alarms.models import (
    ActionPlan,
    AlarmSystem,
    ArmingSchedule,
    CallContact,
    Device,
    Line,
    Permit,
    PlanStep,
    SignalKind,
    StepKind,
    Zone,
)
from schoolward.domains.alarms.simulator.panels import Panel, invented_key
from schoolward.domains.places.queries import operating_campuses

DATA = Path(__file__).parent.parent / "data" / "demonstration"
LINE = "main"
NOBODY_SENT = "Nobody had to go"
NO_CAMERA = "No camera is linked here"
"""Why nobody has looked: the demonstration links none."""
FIRST_ACCOUNT = 0xD000
ORDINANCE = "demonstration"
#: When a custodian opens, and when the last one leaves: minutes after midnight, by the habit of a site.
OPENS = (6 * 60, 6 * 60 + 15, 6 * 60 + 30, 6 * 60 + 45)
CLOSES = (17 * 60 + 15, 17 * 60 + 45, 18 * 60 + 30, 21 * 60, 22 * 60)
SCHOOL_YEARS = ((date(2011, 9, 6), date(2012, 6, 11)), (date(2012, 9, 4), None))
SUMMER = (date(2012, 6, 25), date(2012, 7, 26))
SUMMER_HOURS = (time(7, 30), time(14, 30))
TOLERANCE_MINUTES = 45
#: Sites with a summer program, by their place in the order of names.
WITH_SUMMER_PROGRAM = frozenset({8, 29, 37, 42, 57, 10, 72, 20})
#: The roles and offices of a call list. 555-0100 to 555-0199 are set aside for invented numbers.
CALL_LIST = ("Head custodian", "Site administrator", "District security office")

_PLANS: tuple[tuple[SignalKind, str, tuple[tuple[StepKind, str, bool], ...]], ...] = (
    (
        SignalKind.BURGLARY,
        "Burglary alarm",
        (
            (StepKind.CAMERA, "Look at the camera of the zone, a minute before and after", True),
            (StepKind.CALL, "Call the site, then the first two of the call list", False),
            (StepKind.DISPATCH, "Decide: police, guard, or call off", True),
        ),
    ),
    (
        SignalKind.TAMPER,
        "Tampering",
        (
            (StepKind.CAMERA, "Look at the camera that shows the panel", True),
            (StepKind.DISPATCH, "Decide: guard, or work for the alarm technician", True),
        ),
    ),
    (
        SignalKind.HOLD_UP,
        "Hold-up button",
        (
            (StepKind.DISPATCH, "Send police at once; do not call the site first", True),
            (StepKind.CAMERA, "Look at the office's camera and tell police what it shows", False),
            (StepKind.INFORM, "Inform the lieutenant", True),
        ),
    ),
    (
        SignalKind.FIRE,
        "Fire alarm",
        (
            (StepKind.INFORM, "Call the fire department", True),
            (StepKind.INFORM, "Inform the site administrator", True),
        ),
    ),
    (
        SignalKind.POWER,
        "Power",
        ((StepKind.CHECK, "See whether other sites of the area lost power too", True),),
    ),
)


@dataclass(frozen=True, slots=True)
class Room:
    """A kind of zone: its detector, and how much each cause is at home in it."""

    title: str
    device: str
    always: bool
    weights: dict[str, float]


@dataclass(slots=True)
class Site:
    """One campus with its panel, as the story tells of it."""

    place: int
    campus_id: int
    name: str
    account: str
    opens: int
    closes: int
    trouble: float
    rooms: list[Room] = field(default_factory=list)
    key: str = ""
    system_id: int = 0

    @property
    def panel(self) -> Panel:
        """The panel as the simulator has it."""
        return Panel(self.account, self.key)

    def zone(self, title: str) -> int:
        """The number of the zone in the room, from 1; 0 where the site has no such room."""
        return next((at for at, room in enumerate(self.rooms, start=1) if room.title == title), 0)


#: Rooms that the story needs at a site, and when that site closes: see `patterns`.
NEEDED: dict[int, tuple[tuple[str, ...], int]] = {
    19: (("Library",), 17 * 60 + 15),
    42: (("Multi-purpose room",), 17 * 60 + 45),
    8: (("Storage yard gate", "Gymnasium"), 22 * 60),
    37: (("Gymnasium",), 21 * 60),
    29: (("Kitchen", "Computer lab"), 21 * 60),
    23: (("Portable P-7", "Computer lab"), 18 * 60 + 30),
    60: (("Music room",), 21 * 60),
    51: (("Kitchen",), 17 * 60 + 45),
}


def sites_of(random: Random, today: date) -> list[Site]:
    """Every operating campus, with rooms, habits and a share of the trouble that differs much among sites."""
    rooms = _rooms()
    found = []
    for place, campus in enumerate(operating_campuses(today).order_by("name", "pk")):
        needed, closes = NEEDED.get(place, ((), random.choice(CLOSES)))
        wanted = [room for room in rooms if room.always or room.title in needed]
        others = [room for room in rooms if room not in wanted]
        wanted += random.sample(others, max(0, random.randint(7, 10) - len(wanted)))
        found.append(
            Site(
                place=place,
                campus_id=campus.pk,
                name=campus.name,
                account=f"{FIRST_ACCOUNT + place:04X}",
                opens=random.choice(OPENS),
                closes=closes,
                trouble=random.gammavariate(1.6, 1 / 1.6) + 0.15,
                rooms=sorted(wanted, key=rooms.index),
                key=invented_key(f"{place}", random.randint(0, 10**6)) if random.random() < 0.35 else "",
            )
        )
    return found


def build(sites: Sequence[Site], *, at: datetime, today: date) -> None:
    """Write the rows of the sites, and give the sites the keys of their systems."""
    line, _made = Line.objects.get_or_create(name=LINE, defaults={"title": "Demonstration panels (invented)"})
    systems = AlarmSystem.objects.bulk_create(
        AlarmSystem(
            line=line,
            account=site.account,
            campus_id=site.campus_id,
            title=f"{site.name}, invented panel"[:120],
            sealed_key=seal(site.key, settings.SECRET_KEY),
            valid_from=SCHOOL_YEARS[0][0],
            changed_at=at,
            invented=True,
        )
        for site in sites
    )
    for site, system in zip(sites, systems, strict=True):
        site.system_id = system.pk
    Zone.objects.bulk_create(
        Zone(
            system_id=site.system_id, number=str(number), title=room.title, device=room.device, invented=True
        )
        for site in sites
        for number, room in enumerate(site.rooms, start=1)
    )
    CallContact.objects.bulk_create(
        CallContact(
            campus_id=site.campus_id,
            order=order,
            title=title,
            phone=f"(916) 555-01{(site.place * 3 + order) % 100:02d}",
            wait_seconds=60,
            invented=True,
        )
        for site in sites
        for order, title in enumerate(CALL_LIST, start=1)
    )
    ArmingSchedule.objects.bulk_create(row for site in sites for row in _schedules(site))
    Permit.objects.bulk_create(
        Permit(
            system_id=site.system_id,
            ordinance=ORDINANCE,
            number=f"INVENTED-{site.place + 1:03d}-{issued.year}",
            issued_on=issued,
            ends_on=issued.replace(year=issued.year + 1) - timedelta(days=1),
            invented=True,
        )
        for site in sites
        # A few permits were not renewed in their second year.
        for issued in (date(2011, 8, 1), date(2012, 8, 1))[: 1 if site.place % 19 == 11 else 2]
    )
    _keep_plans()


def _keep_plans() -> None:
    for kind, title, steps in _PLANS:
        if ActionPlan.objects.filter(signal_kind=kind, campus=None).exists():
            continue
        plan = ActionPlan.objects.create(signal_kind=kind, title=title)
        PlanStep.objects.bulk_create(
            PlanStep(plan=plan, order=order, kind=step, text=text, is_required=is_required)
            for order, (step, text, is_required) in enumerate(steps, start=1)
        )


def _schedules(site: Site) -> list[ArmingSchedule]:
    spans = [(begin, end, _clock(site.opens), _clock(site.closes), 5) for begin, end in SCHOOL_YEARS]
    if site.place in WITH_SUMMER_PROGRAM:
        spans.append((*SUMMER, *SUMMER_HOURS, 4))
    return [
        ArmingSchedule(
            system_id=site.system_id,
            weekday=weekday,
            opens=opens,
            closes=closes,
            tolerance_minutes=TOLERANCE_MINUTES,
            valid_from=begin,
            valid_to=end,
        )
        for begin, end, opens, closes, days in spans
        for weekday in range(days)
    ]


def _clock(minutes: int) -> time:
    return (datetime(2012, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).time()


def _rooms() -> list[Room]:
    with (DATA / "rooms.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = []
    for row in rows:
        weights: dict[str, float] = defaultdict(float)
        weights |= {
            name: float(value) for name, value in row.items() if name not in ("title", "device", "always")
        }
        found.append(Room(row["title"], Device(row["device"]).value, row["always"] == "1", weights))
    return found
