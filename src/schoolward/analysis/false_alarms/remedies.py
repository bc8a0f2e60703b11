"""From cause, detector and window to what one might do about it: data, first match wins.

The remedies are the trade's usual ones. Sources: the Problem-Oriented Guide on false burglar alarms (number
5, causes and responses); SIA CP-01 on entry and exit (delays, swinger shutdown, abort window) and the
industry's count that four false alarms in five are user error at entry or exit; the district's own bulletin
to principals (banners, posters, heating, staff on armed sites). Both standard and guide are told here from
notes, not from their text. A proposal is a proposal: a person opens the work, and `rate_ratio` tells
whether it helped.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolward.analysis.false_alarms.kinds import CAUSE_WORDS, Cause, DeviceKind
from schoolward.analysis.false_alarms.scanning import Concentration, Days, Outcome, Window
from schoolward.analysis.shares import percent


class Action(StrEnum):
    """The kind of corrective action."""

    CHANGE_SCHEDULE_OR_DETECTOR = "change_schedule_or_detector"
    CHANGE_SCHEDULE_OR_CODE = "change_schedule_or_code"
    TAKE_DOWN_AND_NOTIFY = "take_down_and_notify"
    TRAIN = "train"
    SEAL_OR_REPLACE_DETECTOR = "seal_or_replace_detector"
    SEAL = "seal"
    REPAIR_OR_REPLACE = "repair_or_replace"
    CHECK_COMMUNICATION_PATH = "check_communication_path"


class Doer(StrEnum):
    """Which office the work goes to."""

    SECURITY = "security"
    PRINCIPAL = "principal"
    MAINTENANCE = "maintenance"
    ALARM_CONTRACTOR = "alarm_contractor"
    INFORMATION_TECHNOLOGY = "information_technology"


class Part(StrEnum):
    """The part of the day in which a whole window lies."""

    ANY = "any"
    OPENING = "opening"
    EVENING = "evening"
    WEEKEND = "weekend"


_HOURS_OF: Final[dict[Part, frozenset[int]]] = {
    Part.OPENING: frozenset(range(5, 10)),
    Part.EVENING: frozenset(range(15, 23)),
}


@dataclass(frozen=True)
class Remedy:
    """One row of the table: what to do, in the words of a work item, and why it helps.

    `devices` is None for any kind of detector.
    """

    cause: Cause
    devices: frozenset[DeviceKind] | None
    part: Part
    action: Action
    words: str
    doer: Doer
    because: str


_MOVED_BY_AIR: Final = frozenset({DeviceKind.CONTACT, DeviceKind.GLASS_BREAK})

REMEDIES: Final[tuple[Remedy, ...]] = (
    Remedy(
        Cause.HVAC,
        _MOVED_BY_AIR,
        Part.ANY,
        Action.SEAL,
        "close the gap or fix the door, or change schedule",
        Doer.MAINTENANCE,
        "a fan's pressure moves a loose door or pane",
    ),
    Remedy(
        Cause.HVAC,
        None,
        Part.ANY,
        Action.CHANGE_SCHEDULE_OR_DETECTOR,
        "change schedule or detector",
        Doer.MAINTENANCE,
        "warm or moving air looks like a person to a motion detector",
    ),
    Remedy(
        Cause.HANGING_DECORATION,
        None,
        Part.ANY,
        Action.TAKE_DOWN_AND_NOTIFY,
        "take down, and notice to staff",
        Doer.PRINCIPAL,
        "a banner or mobile in a draught moves in the detector's view",
    ),
    Remedy(
        Cause.USER_ENTRY_EXIT,
        None,
        Part.OPENING,
        Action.TRAIN,
        "training of those who open, and check the entry delay",
        Doer.SECURITY,
        "most false alarms are user error at entry or exit",
    ),
    Remedy(
        Cause.USER_ENTRY_EXIT,
        None,
        Part.EVENING,
        Action.TRAIN,
        "training of those who close, and check the exit delay",
        Doer.SECURITY,
        "most false alarms are user error at entry or exit",
    ),
    Remedy(
        Cause.USER_ENTRY_EXIT,
        None,
        Part.ANY,
        Action.TRAIN,
        "training of the role that enters, and check the delays",
        Doer.SECURITY,
        "most false alarms are user error at entry or exit",
    ),
    Remedy(
        Cause.STAFF_ON_ARMED_SITE,
        None,
        Part.WEEKEND,
        Action.CHANGE_SCHEDULE_OR_CODE,
        "codes for those who work weekends, or a booking that disarms",
        Doer.SECURITY,
        "work that the schedule does not know of meets an armed site",
    ),
    Remedy(
        Cause.STAFF_ON_ARMED_SITE,
        None,
        Part.ANY,
        Action.CHANGE_SCHEDULE_OR_CODE,
        "change schedule or give a code",
        Doer.SECURITY,
        "work that the schedule does not know of meets an armed site",
    ),
    Remedy(
        Cause.WEATHER,
        _MOVED_BY_AIR,
        Part.ANY,
        Action.SEAL,
        "seal and fasten the door or window",
        Doer.MAINTENANCE,
        "wind rattles what is loose",
    ),
    Remedy(
        Cause.WEATHER,
        None,
        Part.ANY,
        Action.SEAL_OR_REPLACE_DETECTOR,
        "seal the opening, or a dual-technology detector",
        Doer.ALARM_CONTRACTOR,
        "two ways of sensing are seldom deceived at once",
    ),
    Remedy(
        Cause.ANIMAL,
        frozenset({DeviceKind.DUAL_TECHNOLOGY}),
        Part.ANY,
        Action.SEAL,
        "seal where animals come in, and aim the detector higher",
        Doer.MAINTENANCE,
        "an animal is warm and moves: two ways of sensing both see it",
    ),
    Remedy(
        Cause.ANIMAL,
        None,
        Part.ANY,
        Action.SEAL_OR_REPLACE_DETECTOR,
        "seal where animals come in, or a dual-technology detector",
        Doer.ALARM_CONTRACTOR,
        "what cannot get in cannot set it off",
    ),
    Remedy(
        Cause.EQUIPMENT,
        None,
        Part.ANY,
        Action.REPAIR_OR_REPLACE,
        "repair or replace the device",
        Doer.ALARM_CONTRACTOR,
        "a failing device alarms at no one's doing",
    ),
    Remedy(
        Cause.LINE,
        None,
        Part.ANY,
        Action.CHECK_COMMUNICATION_PATH,
        "mend the communication path, or add a second",
        Doer.INFORMATION_TECHNOLOGY,
        "a line that comes and goes is reported as an event",
    ),
)
"""Cause by detector by part of the day; the special rows of a cause stand before its general one."""


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one zone, and the sentence that says why."""

    remedy: Remedy
    share: float
    window: Window | None
    sentence: str


def remedy_for(
    cause: Cause, device: DeviceKind = DeviceKind.OTHER, window: Window | None = None
) -> Remedy | None:
    """Return the first row that fits; None for a cause that is not known."""
    for row in REMEDIES:
        fits_device = row.devices is None or device in row.devices
        if row.cause is cause and fits_device and _lies_in(window, row.part):
            return row
    return None


def proposal(found: Concentration, device: DeviceKind = DeviceKind.OTHER) -> Proposal | None:
    """Return what to propose for a zone, or None where nothing stands out.

    >>> found = Concentration(
    ...     Outcome.FOUND, 31, 22, 22 / 31, 0.07, Window(18, 1), Cause.HVAC, 20 / 22, 1e-12
    ... )
    >>> proposal(found, DeviceKind.MOTION).sentence
    '71 % between 18:00 and 19:00, HVAC: change schedule or detector'

    Where no window stands out but one cause does, the share is that of the cause. Where there are too few
    events to scan, and where the window's cause is not known, nothing is proposed.
    """
    if found.cause is None or found.events < 1 or found.outcome is Outcome.TOO_FEW:
        return None
    remedy = remedy_for(found.cause, device, found.window)
    if remedy is None:
        return None
    if found.window is not None and found.share is not None:
        share, where = found.share, f"{found.window.words}, {CAUSE_WORDS[found.cause]}"
    else:
        share, where = found.cause_share or 0.0, f"{CAUSE_WORDS[found.cause]} at no particular hour"
    return Proposal(remedy, share, found.window, f"{percent(share)} {where}: {remedy.words}")


def _lies_in(window: Window | None, part: Part) -> bool:
    if part is Part.ANY:
        return True
    if window is None:
        return False
    if part is Part.WEEKEND:
        return window.days is Days.WEEKENDS
    return {(window.start + step) % 24 for step in range(window.hours)} <= _HOURS_OF[part]
