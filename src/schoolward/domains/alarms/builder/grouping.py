"""How signals of one system become cases. Pure: values in, values out.

    own      hold-up, panic, fire, medical, gas    a case of their own kind
    intrusion  burglary and tamper                 one case of system and partition
    fault    trouble and power                     one case of system and partition for hours

A signal joins the open case of its family, system and partition if it comes within the family's time of the
case's last one; else it opens one. What ends or explains an alarm (restore, cancel, opening) opens nothing
and attaches to the case that it speaks of. What the rules remember of a case is its :class:`Shape`, which is
stored with it: the outcome is the same however the stream of signals is cut into batches.

The times follow the habits of panels (SIA CP-01: entry delay 30 s and more, abort window, swinger shutdown
after 2 to 6 trips; from notes, to be checked against the purchased text).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from schoolward.domains.alarms.builder.grouped import (
    FAMILY_OF,
    JOIN,
    SECOND,
    Family,
    Grouped,
    GroupedCase,
    Happening,
    Note,
    Shape,
)

OPENED_AFTER: Final = 120 * SECOND
"""An opening so soon after an alarm explains it: the entry delay, and the time in which it may be aborted."""
IN_SEQUENCE: Final = 5 * 60 * SECOND
"""Two zones within this time were set off in sequence."""
SWINGER_TRIPS: Final = 3
MOST_ZONES: Final = 60
"""So many zones of a case are remembered; a case with more needs no more to be known."""


#: The graver kind of a family names the case.
GRAVITY: Final = {"burglary": 2, "tamper": 1, "trouble": 1, "supervision": 1, "power": 0}
#: What a kind of signal is as evidence (analysis.alarm_verification.EvidenceKind).
EVIDENCE_OF: Final = {"hold_up": "hold_up_button", "panic": "panic_button"}
ATTACHING: Final = frozenset({"restore", "cancel", "opening", "video"})


_NOTHING: Final = Grouped(None)


class Grouping:
    """The open cases of some systems, and the rules by which events join them or open others.

    Feed the events of all receivers in order of time. ``open_cases``: from the oldest to the newest.
    """

    def __init__(self, open_cases: Iterable[GroupedCase] = ()) -> None:
        self._made = 0
        self._by_key: dict[tuple[int, str, Family], GroupedCase] = {}
        self._of_system: dict[int, list[GroupedCase]] = {}
        for case in open_cases:
            self._remember(case)

    def take(self, event: Happening) -> Grouped:
        """Group one event."""
        if event.is_restore or event.kind in ATTACHING:
            return self._attach(event)
        family = FAMILY_OF.get(event.kind)
        if family is None:
            return _NOTHING
        case = self._by_key.get((event.system, event.partition, family))
        if case is None or not self._belongs(case, event):
            case = self._open(event, family)
            notes = [Note.OPENED]
        else:
            notes = self._join(case, event)
        self._trip(case, event, notes)
        return Grouped(case, tuple(notes))

    def _belongs(self, case: GroupedCase, event: Happening) -> bool:
        if case.shape.swinger and event.zone != case.shape.swinger:
            # Only the swinging zone itself has the longer time.
            return case.opened_at - JOIN <= event.at <= case.last_at + JOIN
        return case.is_near(event.at)

    def _remember(self, case: GroupedCase) -> None:
        self._by_key[case.system, case.partition, case.family] = case
        self._of_system.setdefault(case.system, []).append(case)

    def _open(self, event: Happening, family: Family) -> GroupedCase:
        self._made += 1
        case = GroupedCase(
            key=("new", self._made),
            system=event.system,
            partition=event.partition,
            family=family,
            kind=event.kind,
            zone=event.zone,
            opened_at=event.at,
            last_at=event.at,
        )
        self._remember(case)
        return case

    def _join(self, case: GroupedCase, event: Happening) -> list[Note]:
        notes = []
        token = f"{event.kind}:{event.zone}"
        if token not in case.shape.told and len(case.shape.told) < MOST_ZONES:
            notes.append(Note.FIRST_OF_ZONE)
        if GRAVITY.get(event.kind, 0) > GRAVITY.get(case.kind, 0):
            case.kind = event.kind
            case.zone = event.zone or case.zone
        return notes

    def _trip(self, case: GroupedCase, event: Happening, notes: list[Note]) -> None:
        """Count a signal that sets something off."""
        shape = case.shape
        token = f"{event.kind}:{event.zone}"
        if token not in shape.told and len(shape.told) < MOST_ZONES:
            shape.told.append(token)
        case.count += 1
        if case.count in (10, 100, 1_000, 10_000, 100_000):
            notes.append(Note.MANY)
        _see(shape, EVIDENCE_OF.get(event.kind, "activation"), event.at)
        if case.family is Family.INTRUSION:
            self._follow_zones(case, event, notes)
        if event.zone and event.zone not in shape.zones and len(shape.zones) < MOST_ZONES:
            shape.zones.append(event.zone)
        case.last_at = max(case.last_at, event.at)

    def _follow_zones(self, case: GroupedCase, event: Happening, notes: list[Note]) -> None:
        """Tell one zone that trips over and over from zones that trip one after the other."""
        shape = case.shape
        if event.zone and event.zone == shape.run_zone:
            shape.run += 1
            if shape.run >= SWINGER_TRIPS and set(shape.zones) <= {event.zone} and not shape.swinger:
                shape.swinger = event.zone
                notes.append(Note.SWINGER)
        else:
            if shape.run_zone and event.zone and abs(event.at - shape.run_at) <= IN_SEQUENCE:
                _see(shape, "zones_in_sequence", event.at)
            if event.zone:
                shape.swinger = ""
                shape.run_zone, shape.run = event.zone, 1
        shape.run_at = event.at

    def _attach(self, event: Happening) -> Grouped:
        if event.kind == "opening":
            return self._opening(event)
        if event.kind == "cancel":
            return self._cancel(event)
        candidates = self._candidates(event)
        if event.kind == "video":
            intruded = [case for case in candidates if case.family is Family.INTRUSION]
            return Grouped(intruded[-1]) if intruded else _NOTHING
        of_zone = [case for case in candidates if event.zone and event.zone in case.shape.zones]
        if not candidates:
            return _NOTHING
        case = (of_zone or candidates)[-1]
        token = f"restore:{event.zone}"
        if token in case.shape.told or len(case.shape.told) >= MOST_ZONES:
            return Grouped(case)
        case.shape.told.append(token)
        return Grouped(case, (Note.RESTORED,))

    def _opening(self, event: Happening) -> Grouped:
        """Somebody came in, set the alarm off and disarmed it: the commonest false alarm there is."""
        for case in reversed(self._candidates(event)):
            if case.family is Family.INTRUSION and 0 <= event.at - case.last_at <= OPENED_AFTER:
                if case.shape.opened_after:
                    return Grouped(case)
                seconds = (event.at - case.last_at) // SECOND
                case.shape.opened_after = {"user": event.user, "seconds": seconds}
                _see(case.shape, "cancelled_with_passcode", event.at)
                return Grouped(case, (Note.OPENED_AFTER,))
        return _NOTHING

    def _cancel(self, event: Happening) -> Grouped:
        for case in reversed(self._candidates(event)):
            if case.family is Family.INTRUSION:
                is_first = not case.shape.cancelled_by
                case.shape.cancelled_by = event.user or "?"
                _see(case.shape, "cancelled_with_passcode", event.at)
                return Grouped(case, (Note.CANCELLED,) if is_first else ())
        candidates = self._candidates(event)
        return Grouped(candidates[-1]) if candidates else _NOTHING

    def _candidates(self, event: Happening) -> list[GroupedCase]:
        """Open cases that the event may speak of, the newest last. A blank partition speaks of all."""
        return [
            case
            for case in self._of_system.get(event.system, ())
            if case.is_near(event.at)
            and (not case.partition or not event.partition or case.partition == event.partition)
        ]


def _see(shape: Shape, evidence: str, at: int) -> None:
    shape.seen[evidence] = max(at, shape.seen.get(evidence, at))
