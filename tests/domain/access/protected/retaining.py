"""Who keeps, holds and disposes of wards in the tests, and the steps to a disposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.conftest import NOW

from domain.access.protected.comparing import Stage
from domain.access.protected.oracle import Someone
from domain.access.protected.ward import Ward
from schoolward.platform.access.models import Disposal, LitigationHold, RetentionSchedule
from schoolward.platform.access.retention import disposals, due, holds, schedules
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

TODAY = date(2012, 9, 6)
NAME, ABOUT = "Zyxwenna Invented", "access.Ward:901"


def officer(stage: Stage, agency: str = "district") -> Viewer:
    """A records officer: by the lead's membership."""
    return _as(stage, "lead", agency, "privacy_officer")


def another(stage: Stage, agency: str = "district") -> Viewer:
    """A second person who reviews."""
    return _as(stage, "program_coordinator", agency, "lead")


def _as(stage: Stage, whose: str, agency: str, role: str) -> Viewer:
    viewer = stage.viewer(Someone(whose, agency, "records", None, f"{whose}@{agency}"))
    return replace(viewer, role=role, account_name=role)


def rule(**change: object) -> schedules.Rule:
    asked: dict[str, object] = {
        "table": "access.Ward",
        "record_class": "education",
        "after": "closed",
        "years": 5,
        "citation": "Invented Code 1, to be confirmed",
        "valid_from": TODAY,
    }
    return schedules.Rule(**{**asked, **change})  # type: ignore[arg-type]


def set_rule(stage: Stage, at: datetime, **change: object) -> RetentionSchedule:
    return schedules.set_schedule(rule=rule(**change), by=officer(stage), at=at)


def closed(stage: Stage, day: date, **change: object) -> Ward:
    """A ward whose record was closed on a day, with content that would be recognised anywhere."""
    asked: dict[str, object] = {
        "agency_id": stage.agencies["district"],
        "subject": ABOUT,
        "record_class": "education",
        "worker": 1,
        "campus": 1,
        "note": NAME,
        "phone": "555-0199",
        "closed_on": day,
    }
    with within(Viewer.system(at=NOW)):
        ward: Ward = Ward.objects.create(**{**asked, **change})
    return ward


def approved(stage: Stage, schedule: RetentionSchedule, at: datetime) -> Disposal:
    """A batch that one has proposed and another approved."""
    batch = disposals.propose(schedule_id=schedule.pk, by=officer(stage), at=at)
    return disposals.review(
        disposal_id=batch.pk, approve=True, note_text="Looked through", by=another(stage), at=at
    )


def hold(stage: Stage, at: datetime, *names: str, covers: str = "person", **change: object) -> LitigationHold:
    asked: dict[str, object] = {
        "matter": "Matter 12-7",
        "reason": "A claim was announced",
        "by": officer(stage),
    }
    return holds.place(covers=covers, names=names, at=at, **{**asked, **change})  # type: ignore[arg-type]


def counts(viewer: Viewer) -> list[tuple[int, int]]:
    """How many are due, and how many held, by each schedule."""
    return [(one.count, one.held) for one in due.due(viewer)]
