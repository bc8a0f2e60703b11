"""A site, a small instrument, and people who walk it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Assessment, InstrumentVersion, Walk
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer

from .devices import Device

SMALL = """\
key: small
version: "{version}"
title: A small walk
kind: cpted
valid_from: {valid_from}
credit: Made up for a test.
terms:
  grounds: Grounds
scales:
  - key: condition
    may_not_exist: true
    may_be_unobserved: true
    choices:
      - {{value: 3, label: Fully so}}
      - {{value: 2, label: Mostly so}}
      - {{value: 1, label: Partly so}}
      - {{value: 0, label: Not so}}
defaults: {{scale: condition, fails_at: 1, weight: 1, severity: medium, trade: other}}
sections:
  - key: gate
    title: The gate
    area: grounds
    items:
      - code: G1
        text: The gate closes by itself.
        severity: high
        trade: fencing
        estimate_cents: 50000
        recommendation: Give the gate a closer.
      - code: G2
        text: The gate can be seen from the office.
        recommendation: Clear the view to the gate.
  - key: doors
    title: The doors
    items:
      - code: D1
        text: The doors latch.
        severity: urgent
        trade: locks
        recommendation: Mend the latches.
      - code: D2
        text: The doors have numbers.
        bands: [high]
        recommendation: Number the doors.
{more}"""
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\xa7\x9d\xe4\xb0\x00\x00\x00\x00IEND"
    b"\xaeB`\x82"
)
ACCOUNT = 1
"""The account of ``viewer``'s people."""


def small(version: str = "1", valid_from: str = "2010-07-01", more: str = "") -> bytes:
    return SMALL.format(version=version, valid_from=valid_from, more=more).encode()


def picture(more: bytes = b"") -> io.BytesIO:
    return io.BytesIO(PNG + more)


@pytest.fixture
def site(db: None) -> Campus:
    made = Campus.objects.create(
        name="Oak", slug="oak", address="1 Oak Street", address_key="1 OAK ST", zip_code="95814"
    )
    school = School.objects.create(cds_code="00000000000001", name="Oak", kind="elementary")
    SchoolOccupancy.objects.create(school=school, campus=made)
    return made


@pytest.fixture
def people(db: None) -> dict[int, Account]:
    """Accounts 1 to 3; those of ``viewer`` act as the first."""
    return {
        pk: Account.objects.create_user(f"{pk}@example.org", name=f"Person {pk}", pk=pk) for pk in (1, 2, 3)
    }


@pytest.fixture
def person(viewer: Callable[..., Viewer], people: dict[int, Account]) -> Callable[..., Viewer]:
    """A viewer with an account of its own: ``person("lead", 2)``."""

    def make(role: str = "lead", pk: int = ACCOUNT, **more: Any) -> Viewer:
        made = viewer(role, **more)
        return Viewer(
            pk,
            f"Person {pk}",
            made.membership_id,
            made.agency_id,
            made.agency_kind,
            made.role,
            made.campus_ids,
            made.purpose,
            made.at,
        )

    return make


@pytest.fixture
def version(by: Viewer, at: datetime) -> InstrumentVersion:
    return actions.add_instrument(content=small(), name="small.yaml", by=by, at=at).version


@pytest.fixture
def planned(site: Campus, version: InstrumentVersion, by: Viewer, at: datetime) -> Assessment:
    return actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, 6), by=by, at=at
    )


@pytest.fixture
def walked(
    site: Campus, version: InstrumentVersion, person: Callable[..., Viewer], at: datetime
) -> Callable[..., Walk]:
    """Plan and walk: ``walked({"G1": 0, "D1": 3})`` leaves a walk that is not handed in."""

    def walk(answers: dict[str, Any], *, who: Viewer | None = None, when: datetime | None = None) -> Walk:
        walker, moment = who or person(), when or at
        assessment = actions.plan_assessment(
            campus_id=site.pk,
            version_id=version.pk,
            planned_on=moment.date(),
            by=Viewer.system(at=moment),
            at=moment,
        )
        made = actions.start_walk(assessment_id=assessment.pk, client_id=uuid4(), by=walker, at=moment)
        actions.give_answers(
            walk_id=made.pk,
            answers=[actions.GivenAnswer(code=code, answer=answer) for code, answer in answers.items()],
            by=walker,
            at=moment,
        )
        return made

    return walk


@pytest.fixture
def begin_walk(site: Campus, version: InstrumentVersion, by: Viewer, at: Any) -> Callable[..., Walk]:
    """Plan a walk and begin it for whoever is signed in with a client."""

    def start(client: Client, day: int = 6) -> Walk:
        planned = actions.plan_assessment(
            campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, day), by=by, at=at
        )
        client.post(reverse("assessments:start", args=[planned.pk]))
        return Walk.objects.get(assessment=planned)

    return start


@pytest.fixture
def lead(client_of: Callable[..., Client]) -> Client:
    return client_of("lead")


@pytest.fixture
def device(lead: Client, begin_walk: Callable[..., Walk]) -> Device:
    return Device(begin_walk(lead), lead)


@pytest.fixture
def other(device: Device) -> Device:
    return Device(device.walk, device.client)
