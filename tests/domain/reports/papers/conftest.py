"""A site of which everything is known, in words that stand nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from schoolward.domains.alarms.examples.rows import case, ground, signal
from schoolward.domains.alarms.models import AlarmSystem, CallContact, Zone
from schoolward.domains.assessments import actions
from schoolward.domains.assessments.seed.pictures import invented_picture
from schoolward.domains.incidents.actions import IncidentDraft, record_incident
from schoolward.domains.people.models import ResponseNumber
from schoolward.domains.places.models import Campus, Enrolment, School, SchoolOccupancy
from schoolward.domains.routes.models import Collision, CollisionNear
from schoolward.domains.work import actions as work
from schoolward.platform.access.models import Account, Agency
from schoolward.platform.access.viewer import Viewer

DAY = date(2012, 9, 6)
NUMBERS = tuple(range(1, 11))
WALK = """\
key: beasts
version: "1"
title: Walk with beasts
kind: cpted
valid_from: 2010-07-01
credit: Made up for a test.
terms:
  savanna: Savanna area
  thicket: Thicket area
  outer_ring: Outer ring layer
scales:
  - key: condition
    may_not_exist: true
    may_be_unobserved: true
    choices:
      - {value: 3, label: Fully so}
      - {value: 2, label: Mostly so}
      - {value: 1, label: Partly so}
      - {value: 0, label: Not so}
defaults: {scale: condition, fails_at: 1, weight: 1, severity: medium, trade: other}
sections:
  - key: gate
    title: Zebra gate
    area: savanna
    layer: outer_ring
    items:
      - code: G1
        text: The quokka gate closes by itself.
        severity: high
        trade: fencing
        estimate_cents: 98765400
        recommendation: Give the quokka gate an ocelot closer.
      - code: G2
        text: The gate is seen from the office.
        recommendation: Clear the view to the gate.
  - key: doors
    title: Tapir doors
    area: thicket
    items:
      - code: D1
        text: The tapir doors latch.
        severity: urgent
        trade: locks
        recommendation: Mend the tapir latches.
"""
_PAIRS = "".join(
    f"""
      - code: P{number}
        text: How open the okapi store is to the dingo.
        asset: store
        threat: raid
        layer: inner_ring
"""
    for number in (1,)
)
RISK = f"""\
key: dangers
version: "1"
title: Walk with dangers
kind: vulnerability
valid_from: 2010-07-01
credit: Made up for a test.
terms:
  store: The okapi store
  raid: A dingo raid
  inner_ring: Inner ring layer
  lair: The puma lair
scales:
  - key: rating
    may_not_exist: true
    may_be_unobserved: true
    choices:
{"".join(f"      - {{value: {n}, label: Step {n}}}{chr(10)}" for n in NUMBERS)}\
defaults: {{scale: rating, weight: 0, severity: medium, trade: other}}
sections:
  - key: assets
    title: What could be lost
    items:
      - code: A1
        text: How much the okapi store is worth.
        asset: store
  - key: threats
    title: What could happen
    items:
      - code: T1
        text: How likely a dingo raid is.
        threat: raid
  - key: pairs
    title: How open it is
    zones: [lair]
    items:
{_PAIRS}"""


@dataclass(frozen=True)
class Known:
    """The site, and who acts."""

    campus: Campus
    lead: Viewer
    photo_id: int


@pytest.fixture
def people(db: None) -> dict[int, Account]:
    return {
        pk: Account.objects.create_user(f"{pk}@example.org", name=f"Walrus person {pk}", pk=pk)
        for pk in (1, 2)
    }


def _lead(pk: int, at: datetime) -> Viewer:
    return Viewer(pk, f"Walrus person {pk}", 1, 1, "district", "lead", None, "school_safety", at)


def _walked(campus: Campus, content: str, answers: dict[str, Any], *, when: datetime) -> tuple[Any, Any]:
    system = Viewer.system(at=when)
    added = actions.add_instrument(content=content.encode(), name="walk.yaml", by=system, at=when)
    assessment = actions.plan_assessment(
        campus_id=campus.pk, version_id=added.version.pk, planned_on=when.date(), by=system, at=when
    )
    walker = _lead(1, when)
    walk = actions.start_walk(assessment_id=assessment.pk, client_id=uuid4(), by=walker, at=when)
    given = [actions.GivenAnswer(code=code, answer=answer) for code, answer in answers.items()]
    actions.give_answers(walk_id=walk.pk, answers=given, by=walker, at=when)
    return walk, walker


@pytest.fixture
def campus(db: None, at: datetime) -> Campus:
    """A site in the directory, of which nothing else is known."""
    Agency.objects.create(key="district", name="Meadow Unified", kind="district", created_at=at)
    made = Campus.objects.create(
        name="Oak",
        slug="oak",
        address="1 Oak Street",
        address_key="1 OAK ST",
        zip_code="95814",
        jurisdiction="city",
    )
    school = School.objects.create(
        cds_code="00000000000001", name="Oak School", kind="elementary", grades="K-6"
    )
    SchoolOccupancy.objects.create(school=school, campus=made)
    return made


@pytest.fixture
def known(campus: Campus, people: dict[int, Account], at: datetime) -> Known:
    """The site with students, walks, findings in every state, alarms, incidents, a plan and a call list."""
    Enrolment.objects.create(
        school=School.objects.get(), school_year=2012, students=412, source="Made up for a test"
    )
    when = datetime(2012, 3, 5, 18, tzinfo=UTC)
    walk, walker = _walked(campus, WALK, {"G1": 0, "G2": 3, "D1": 1}, when=when)
    photo = actions.add_photo(
        walk_id=walk.pk,
        code="G1",
        stream=invented_picture(Random(1)),
        file_name="serval.png",
        client_id=uuid4(),
        caption="Caracal caption",
        by=walker,
        at=when,
    )
    found = actions.submit_walk(walk_id=walk.pk, by=walker, at=when).found
    second, _walker = _walked(campus, RISK, {"A1": 9, "T1": 8, "P1": 7}, when=when)
    actions.submit_walk(walk_id=second.pk, by=walker, at=when)
    _mended(next(one for one in found if one.code == "D1"), when + timedelta(days=20))
    actions.add_site_plan(
        campus_id=campus.pk, stream=invented_picture(Random(2)), file_name="lynx-plan.png", by=walker, at=when
    )
    _alarms(campus)
    agency = Agency.objects.get()
    ResponseNumber.objects.create(
        agency=agency, serves="city", use="emergency", title="Gnu city desk", phone="555-0177"
    )
    for moment in (datetime(2011, 8, 1, 19, tzinfo=UTC), datetime(2012, 5, 2, 19, tzinfo=UTC), at):
        record_incident(
            draft=IncidentDraft(
                occurred_at=moment - timedelta(hours=1), category="vandalism", campus_id=campus.pk
            ),
            by=Viewer.system(at=at),
            at=at,
        )
    _collisions(campus, at)
    return Known(campus, _lead(1, at), photo.pk)


def _collisions(campus: Campus, at: datetime) -> None:
    """Three on foot within five years, one grave and one placed by its report, and one long before."""
    for day, is_grave, quality in (
        (date(2012, 3, 1), True, 3),
        (date(2012, 4, 1), False, 1),
        (date(2010, 4, 1), False, 2),
        (date(2005, 4, 1), True, 3),
    ):
        made = Collision.objects.create(
            layout="switrs",
            number=day.isoformat(),
            day=day,
            severity="serious" if is_grave else "pain",
            pedestrian=True,
            bicycle=False,
            grave=is_grave,
            longitude=-121.47,
            latitude=38.53,
            quality=quality,
            recorded_at=at,
        )
        CollisionNear.objects.create(collision=made, campus=campus, distance_m=100)


def _mended(finding: Any, when: datetime) -> None:
    doer, other = _lead(1, when), _lead(2, when)
    actions.accept_finding(finding_id=finding.pk, by=doer, at=when)
    item = finding.work_id
    work.fund(item_id=item, amount_cents=87_654_300, money_source="Bond of the wombats", by=doer, at=when)
    work.schedule(item_id=item, planned_on=when.date(), by=doer, at=when)
    work.complete(item_id=item, actual_cents=76_543_200, by=doer, at=when)
    work.add_evidence(item_id=item, text="Seen.", by=doer, at=when)
    work.verify(item_id=item, by=other, at=when)


def _alarms(campus: Campus) -> None:
    at = datetime(2011, 8, 2, 5, tzinfo=UTC)
    system, segment = ground(at, frames=2)
    AlarmSystem.objects.filter(pk=system.pk).update(campus=campus, title="Jackal panel")
    system.refresh_from_db()
    Campus.objects.filter(slug="north").delete()
    zone = Zone.objects.create(system=system, number="2", title="Ibex corridor", device="motion")
    for index, when in enumerate(("2011-08-01 22:00", "2012-09-06 11:00")):
        signal({"what": "closing", "when": when}, index, system, segment)
    case({"row": "A", "what": "burglary", "when": "2012-05-01 02:10", "disposition": "false"}, system, zone)
    CallContact.objects.create(campus=campus, order=1, title="Kudu custodian", phone="555-0143")
