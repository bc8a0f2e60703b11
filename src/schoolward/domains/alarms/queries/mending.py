"""What to do about one zone, the work that came of it, and whether it helped.

A proposal follows from the zone's own false activations of the last year (`analysis.false_alarms`). A person
opens the work; once it is verified, the rate after it is held against the rate before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from schoolward.analysis.false_alarms import (
    Action,
    Cause,
    Concentration,
    DeviceKind,
    Doer,
    Occurrence,
    Outcome,
    Proposal,
    Verdict,
    armed_hours_by_slot,
    concentration,
    proposal,
)
from schoolward.analysis.shares import percent
from schoolward.domains.alarms.models import Cause as CauseWord
from schoolward.domains.alarms.models import Device, Zone
from schoolward.domains.alarms.queries.armed import arming_spans
from schoolward.domains.alarms.queries.effects import (
    KIND,
    LOOKED_BACK,
    SOURCE,
    Effect,
    effect_of,
    known_period,
)
from schoolward.domains.alarms.queries.rates import (
    activations,
    false_activations,
    first_signal_on,
)
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer

_DONE_STATES: Final = frozenset({"verified", "declined"})

_CAUSES: Final[dict[str, Cause]] = {
    CauseWord.USER_ERROR: Cause.USER_ENTRY_EXIT,
    CauseWord.STAFF_ON_SITE: Cause.STAFF_ON_ARMED_SITE,
    CauseWord.HVAC: Cause.HVAC,
    CauseWord.DECORATION: Cause.HANGING_DECORATION,
    CauseWord.WEATHER: Cause.WEATHER,
    CauseWord.ANIMAL: Cause.ANIMAL,
    CauseWord.EQUIPMENT: Cause.EQUIPMENT,
    CauseWord.POWER: Cause.EQUIPMENT,
    CauseWord.LINE: Cause.LINE,
}
_DEVICES: Final[dict[str, DeviceKind]] = {
    Device.DOOR: DeviceKind.CONTACT,
    Device.MOTION: DeviceKind.MOTION,
    Device.GLASS: DeviceKind.GLASS_BREAK,
    Device.HOLD_UP: DeviceKind.BUTTON,
    Device.PANEL: DeviceKind.PANEL,
}
#: Work that people's habits are mended by is a procedure; the rest is done to the system or the building.
_PROCEDURES: Final = frozenset({Action.TRAIN, Action.CHANGE_SCHEDULE_OR_CODE, Action.TAKE_DOWN_AND_NOTIFY})
_ROLES: Final[dict[Doer, str]] = {
    Doer.SECURITY: "lead",
    Doer.PRINCIPAL: "site_lead",
    Doer.MAINTENANCE: "facilities",
    Doer.ALARM_CONTRACTOR: "facilities",
    Doer.INFORMATION_TECHNOLOGY: "facilities",
}


@dataclass(frozen=True, slots=True)
class Mended:
    """One piece of work of a zone, with its effect once it is verified."""

    item: Any
    effect: Effect | None

    @property
    def is_too_early(self) -> bool:
        """Whether it is verified, and nothing is known yet of the time before or after it."""
        return self.item.state == "verified" and self.effect is None


@dataclass(frozen=True, slots=True)
class ZoneReduction:
    """What a zone's page says about fewer false alarms."""

    zone: Zone
    first: date
    last: date
    false: int
    found: Concentration
    proposal: Proposal | None
    work: tuple[Mended, ...]

    @property
    def sentence(self) -> str:
        """The concentration in one sentence, without what to do."""
        if self.proposal is not None:
            return self.proposal.sentence
        return _plain(self.found)

    @property
    def too_few(self) -> bool:
        """Whether there are too few false activations to look for a pattern."""
        return self.found.outcome is Outcome.TOO_FEW

    @property
    def open_work(self) -> Any | None:
        """The work that waits for the proposed remedy, or ``None``."""
        if self.proposal is None:
            return None
        action = self.proposal.remedy.action
        for mended in self.work:
            if mended.item.state not in _DONE_STATES and is_for(mended.item.source, self.zone.pk, action):
                return mended.item
        return None

    @property
    def helped_already(self) -> Mended | None:
        """Verified work of the very remedy proposed, since which there were fewer, or ``None``."""
        if self.proposal is None:
            return None
        for mended in self.work:
            is_same = is_for(mended.item.source, self.zone.pk, self.proposal.remedy.action)
            if is_same and mended.effect is not None and mended.effect.told.verdict is Verdict.FELL:
                return mended
        return None


def work_source(zone_id: int, action: Action, number: int = 1) -> str:
    """How work names the zone and the remedy that asked for it. ``number``: the second time, the third …"""
    return f"{SOURCE}{zone_id}:{action}" + (f":{number}" if number > 1 else "")


def is_for(source: str, zone_id: int, action: Action) -> bool:
    """Whether a piece of work came from this zone and this remedy."""
    first = work_source(zone_id, action)
    return source == first or source.startswith(f"{first}:")


def work_of_zone(viewer: Viewer, zone_id: int) -> list[Any]:
    """The corrective work that the zone asked for, the newest first, as far as the viewer may see it."""
    found = work.work_items(viewer).filter(source__startswith=f"{SOURCE}{zone_id}:", kind=KIND)
    return list(found.order_by("-proposed_on", "-pk"))


def trade_of(action: Action) -> str:
    """Which trade the work of a remedy is."""
    return "procedure" if action in _PROCEDURES else "alarms"


def owner_of(doer: Doer) -> str:
    """The role that the work goes to."""
    return _ROLES[doer]


def occurrences(cases: Iterable[tuple[datetime, str]]) -> list[Occurrence]:
    """False activations as (moment, cause) by the clock on the wall."""
    found = []
    for opened_at, cause in cases:
        local = timezone.localtime(opened_at)
        found.append(Occurrence(local.date(), local.hour, _CAUSES.get(cause, Cause.UNKNOWN)))
    return found


def zone_reduction(zone: Zone, *, viewer: Viewer, today: date) -> ZoneReduction:
    """Everything about reducing this zone's false alarms, as of a day."""
    first = max(today - LOOKED_BACK, first_signal_on() or today)
    mended = work_of_zone(viewer, zone.pk)
    done = [item.done_on for item in mended if item.state == "verified" and item.done_on is not None]
    # What was mended is no reason to mend it again: the pattern is looked for after it.
    since = min(today, max([first, *(day + timedelta(days=1) for day in done)]))
    found = false_activations(activations(since, today, zone_id=zone.pk))
    happened = occurrences(found.order_by("pk").values_list("opened_at", "cause"))
    scanned = concentration(happened, _armed_by_slot(zone, since, today))
    return ZoneReduction(
        zone=zone,
        first=since,
        last=today,
        false=len(happened),
        found=scanned,
        proposal=proposal(scanned, _DEVICES.get(zone.device, DeviceKind.OTHER)),
        work=tuple(
            Mended(item, effect_of(zone, item.done_on, today=today) if item.state == "verified" else None)
            for item in mended
        ),
    )


def _armed_by_slot(zone: Zone, first: date, last: date) -> NDArray[np.float64]:
    period = known_period(first, last)
    assert period.end is not None  # noqa: S101 - it has one
    campus = zone.system.campus_id
    spans = arming_spans(period.start, period.end, campus_id=campus).get(campus)
    # Where nobody says when it is armed, each hour of the week counts alike.
    return armed_hours_by_slot(spans or [period], period, str(timezone.get_default_timezone()))


def _plain(found: Concentration) -> str:
    """The concentration in one sentence where nothing is proposed."""
    if found.outcome is Outcome.TOO_FEW:
        return f"Too few to look for a pattern: {found.events} false activations."
    if found.window is None or found.share is None:
        return f"No hour of the day stands out among {found.events} false activations."
    return f"{percent(found.share)} {found.window.words}, of {found.events} false activations."


__all__ = [
    "Mended",
    "ZoneReduction",
    "is_for",
    "occurrences",
    "owner_of",
    "trade_of",
    "work_of_zone",
    "work_source",
    "zone_reduction",
]
