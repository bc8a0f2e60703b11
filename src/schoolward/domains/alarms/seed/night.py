"""The night before the demonstration's morning: what came in, and what the desk did about it. Invented.

It is told by hand and answered by the desk's own actions, each at its moment, so that a case of this night
looks as one of tomorrow will.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schoolward.domains.alarms import actions
from schoolward.domains.alarms.models import (
    CallContact,
    CallOutcome,
    Case,
    Cause,
    Disposition,
    EvidenceKind,
    PoliceAgency,
    StepKind,
)
from schoolward.domains.alarms.queries.plans import cameras_of, proposed_agency, steps_of
from schoolward.domains.alarms.seed.ground import NO_CAMERA, NOBODY_SENT, Site
from schoolward.domains.alarms.seed.story import CUSTODIAN, Said
from schoolward.platform.access.viewer import Viewer

EVENING, MORNING = time(17), time(7, 30)


@dataclass(frozen=True, slots=True)
class Event:
    """What a panel says in the night: the clock (24-hour), the site's place, the room and the code."""

    clock: str
    place: int
    room: str
    code: str = "BA"
    user: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One case of the night: its events, and how the desk answers it."""

    events: tuple[Event, ...]
    answer: Callable[[Desk], None] | None = None


class Desk:
    """An operator at one case, with a clock that goes on."""

    def __init__(self, case: Case, by: Viewer) -> None:
        self.case, self.by, self.at = case, by, case.opened_at

    def wait(self, seconds: int) -> Desk:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)
        return self

    def claim(self) -> Desk:
        """Take the case."""
        actions.claim(case_id=self.case.pk, by=self.by, at=self.at)
        return self

    def call(self, order: int, outcome: CallOutcome) -> Desk:
        """Call the contact at this place of the list."""
        contact = CallContact.objects.get(campus=self.case.campus, order=order)
        actions.log_call(case_id=self.case.pk, contact_id=contact.pk, outcome=outcome, by=self.by, at=self.at)
        return self

    def see(self, evidence: EvidenceKind, text: str = "") -> Desk:
        """Keep what was seen or heard."""
        actions.add_evidence(case_id=self.case.pk, kind=evidence, by=self.by, at=self.at, text=text)
        return self

    def police(self) -> Desk:
        """Ask for the police of the ground's jurisdiction; the city's where it is not known."""
        agency = ""
        if proposed_agency(self.case) is None:
            is_verified = self.case.verification_level >= 2
            agency = PoliceAgency.CITY_911 if is_verified else PoliceAgency.CITY_NON_EMERGENCY
        actions.dispatch_police(case_id=self.case.pk, agency=agency, by=self.by, at=self.at)
        return self

    def guard(self) -> Desk:
        """Send a guard."""
        actions.dispatch_guard(case_id=self.case.pk, by=self.by, at=self.at)
        return self

    def steps(self, count: int | None = None) -> Desk:
        """Do the plan's next steps, or all that are left; say so where there is no camera to look at."""
        self.case.refresh_from_db()
        case, by, at = self.case.pk, self.by, self.at
        for state in [one for one in steps_of(self.case) if one.prevents_closing][:count]:
            if state.step.kind == StepKind.CAMERA and not cameras_of(self.case):
                actions.step_impossible(case_id=case, step_id=state.step.pk, reason=NO_CAMERA, by=by, at=at)
            elif state.lacks_deed:
                actions.step_impossible(case_id=case, step_id=state.step.pk, reason=NOBODY_SENT, by=by, at=at)
            else:
                actions.do_step(case_id=case, step_id=state.step.pk, by=by, at=at)
        return self

    def close(self, disposition: Disposition, cause: Cause, role: str = "", text: str = "") -> None:
        """Do what is left of the plan and close."""
        self.steps()
        actions.close(
            case_id=self.case.pk,
            disposition=disposition,
            cause=cause,
            cause_role=role,
            text=text,
            by=self.by,
            at=self.at,
        )


def _heating(desk: Desk) -> None:
    desk.wait(38).claim().wait(30).see(EvidenceKind.VIDEO_SHOWS_NOBODY, "A poster moves above the vent")
    desk.wait(240).close(Disposition.FALSE, Cause.HVAC)


def _locked_up(desk: Desk) -> None:
    desk.wait(31).claim().wait(35).call(1, CallOutcome.WITH_PASSCODE)
    desk.wait(150).close(Disposition.FALSE, Cause.USER_ERROR, "custodian")


def _theft(desk: Desk) -> None:
    desk.wait(24).claim().wait(20).see(EvidenceKind.VIDEO_SHOWS_PERSON, "Two people at the storage yard")
    desk.wait(30).police().wait(60).see(EvidenceKind.FORCED_ENTRY_SEEN)
    desk.wait(2_700).close(
        Disposition.CRIME, Cause.INTRUDER, text="Copper pipe taken; police have the report"
    )


def _animal(desk: Desk) -> None:
    desk.wait(52).claim().wait(40).call(1, CallOutcome.NO_ANSWER).wait(20).guard()
    desk.wait(2_100).see(EvidenceKind.GUARD_FOUND_NOTHING, "A cat in the kitchen")
    desk.wait(60).close(Disposition.FALSE, Cause.ANIMAL)


def _power(desk: Desk) -> None:
    desk.wait(75).claim().wait(500).close(Disposition.TECHNICAL, Cause.POWER, text="Back after eight minutes")


def _hurried(desk: Desk) -> None:
    desk.wait(28).claim().wait(45).call(1, CallOutcome.WITH_PASSCODE)
    desk.wait(60).close(Disposition.FALSE, Cause.USER_ERROR, "custodian")


def _held(desk: Desk) -> None:
    desk.wait(41).claim().wait(35).steps(1).wait(30).call(1, CallOutcome.NO_ANSWER)


NIGHT: tuple[Chapter, ...] = (
    Chapter((Event("18:41", 42, "Multi-purpose room"),), _heating),
    Chapter((Event("22:16", 64, "Main entrance"), Event("22:17", 64, "", "BC", CUSTODIAN)), _locked_up),
    Chapter((Event("01:52", 8, "Storage yard gate"), Event("01:54", 8, "Gymnasium")), _theft),
    Chapter((Event("03:27", 29, "Kitchen"),), _animal),
    Chapter((Event("04:12", 55, "", "AT"), Event("04:20", 55, "", "AR")), _power),
    Chapter((Event("05:58", 16, "Main entrance"), Event("05:59", 16, "", "OP", CUSTODIAN)), _hurried),
    Chapter((Event("07:02", 23, "Computer lab"),), _held),
    Chapter((Event("07:24", 63, "Rear door"), Event("07:26", 63, "East corridor"))),
)
#: Sites that nobody has opened when the story ends.
NOT_OPENED = frozenset({23, 63})
HAND_OVERS = (
    ("22:30", "Two painters work at Tahoe Elementary until 23:30; they have a code.", True),
    (
        "07:15",
        "Metal theft at the storage yard of C. K. McClatchy High at 01:52: police were there, the gate is "
        "held with a chain. The computer lab at Fern Bacon Middle is claimed, nobody answers there yet.",
        False,
    ),
)


def moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The moment of the night that ends on the morning of the day."""
    told = time.fromisoformat(clock)
    eve = day - timedelta(days=1) if told > time(12) else day
    return datetime.combine(eve, told, tzinfo=zone)


def said(sites: list[Site], chapter: Chapter, day: date, zone: ZoneInfo) -> list[Said]:
    """What the panels of a chapter send."""
    found = []
    for event in chapter.events:
        number = sites[event.place].zone(event.room)
        tail = event.user or f"{number:03d}"
        at = round(moment(day, event.clock, zone).timestamp()) + (7 * event.place) % 50
        found.append(Said(at, event.place, f"N{event.code}{tail}".encode()))
    return found
