"""Filled forms: kept whole and once, shown to those who may see notes, and to nobody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.filled_forms import filled_questions
from schoolward.domains.assessments.models import Filling, FillingWay, Walk
from schoolward.domains.assessments.walk_forms import walk_form
from schoolward.domains.places.models import Campus
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.protocols.xforms.session import Session, Sources

from .conftest import picture
from .test_instruments import SURVEY, workbook

pytestmark = pytest.mark.django_db
People = Callable[..., Viewer]
MORE = (
    ("text", "seen", "What did you see?", "", "", ""),
    ("select_multiple condition", "several", "Which apply?", "", "", ""),
    ("file", "plan", "A drawing", "", "", ""),
    ("begin_repeat", "door", "Door", "", "", ""),
    ("text", "lock", "Its lock", "", "", ""),
    ("end_repeat", "", "", "", "", ""),
)
SECRET = "A ladder leans at the back."


def begin(site: Campus, survey: Any, by: Viewer, at: datetime) -> Walk:
    system = Viewer.system(at=at)
    version = actions.add_instrument(content=workbook(survey), name="walk.xlsx", by=system, at=at).version
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, 6), by=system, at=at
    )
    return actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=by, at=at)


@pytest.fixture
def walk(site: Campus, person: People, at: datetime) -> Walk:
    return begin(site, (*SURVEY, *MORE), person(), at)


def session_of(walk: Walk, at: datetime, seen: str = SECRET) -> Session:
    session = Session(walk_form(walk).program, Sources(at))
    session.add("/data/door")
    for path, value in (
        ("/data/gate/G1", "1"),
        ("/data/seen", seen),
        ("/data/several", "0 2"),
        ("/data/plan", "plan.png"),
        ("/data/door[2]/lock", "old"),
    ):
        session.set(path, value)
    session.finish()
    return session


def keep(walk: Walk, session: Session, by: Viewer, at: datetime) -> Filling:
    return actions.keep_filling(walk_id=walk.pk, session=session, by=by, at=at)


def test_it_is_kept_once(walk: Walk, person: People, at: datetime) -> None:
    session = session_of(walk, at)
    first, second = keep(walk, session, person(), at), keep(walk, session, person(), at)
    assert first == second
    assert (first.way, first.by_name) == (FillingWay.PAGE, "Person 1")
    session.set("/data/seen", "Something else.")
    with pytest.raises(actions.FillingConflict):
        keep(walk, session, person(), at)
    with pytest.raises(actions.FillingConflict):
        keep(walk, session_of(walk, at), person(), at)
    assert Filling.objects.count() == 1


def test_only_the_assessor_keeps_one_and_not_after_the_hand_in(
    walk: Walk, person: People, at: datetime
) -> None:
    session = session_of(walk, at)
    with pytest.raises(actions.NotTheAssessor):
        keep(walk, session, person(pk=2), at)
    with pytest.raises(AccessDenied):
        keep(walk, session, person("trustee"), at)
    actions.give_answers(
        walk_id=walk.pk, answers=[actions.GivenAnswer(code="G1", answer=2)], by=person(), at=at
    )
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    with pytest.raises(actions.WalkClosed):
        keep(walk, session, person(), at)


def test_the_database_refuses_to_change_one(walk: Walk, person: People, at: datetime) -> None:
    filling = keep(walk, session_of(walk, at), person(), at)
    kept = actions.keep_filling_file(filling=filling, name="plan.png", stream=picture(), by=person(), at=at)
    for rows, change in (
        (Filling.objects.filter(pk=filling.pk), {"sha256": "0" * 64}),
        (type(kept).objects.filter(pk=kept.pk), {"name": "other.png"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_another_content_of_a_file_is_refused(walk: Walk, person: People, at: datetime) -> None:
    filling = keep(walk, session_of(walk, at), person(), at)
    for _ in range(2):
        actions.keep_filling_file(filling=filling, name="plan.png", stream=picture(), by=person(), at=at)
    with pytest.raises(actions.FillingConflict):
        actions.keep_filling_file(
            filling=filling, name="plan.png", stream=picture(b"more"), by=person(), at=at
        )
    assert filling.files.count() == 1


def test_what_is_told_is_what_was_asked(walk: Walk, person: People, at: datetime) -> None:
    keep(walk, session_of(walk, at), person(), at)
    found = filled_questions(walk)
    assert found is not None
    assert [(one.headings, one.question, one.answer, one.is_file) for one in found.told] == [
        ((), "What did you see?", SECRET, False),
        ((), "Which apply?", "Not so, Fully so", False),
        ((), "A drawing", "plan.png", True),
        (("Door 2",), "Its lock", "old", False),
    ]


def test_who_may_see_notes_sees_it_on_the_page(
    site: Campus, walk: Walk, person: People, client_of: Callable[..., Client], at: datetime
) -> None:
    filling = keep(walk, session_of(walk, at, "<b>bold</b>"), person(), at)
    kept = actions.keep_filling_file(filling=filling, name="plan.png", stream=picture(), by=person(), at=at)
    page = reverse("assessments:detail", args=[walk.assessment_id])
    files = [
        reverse("assessments:filling_file", args=[filling.pk, kept.pk]),
        reverse("assessments:filling_xml", args=[filling.pk]),
    ]
    seen = client_of("lead").get(page).content.decode()
    assert "What else was answered" in seen
    assert "&lt;b&gt;bold&lt;/b&gt;" in seen
    assert "Door 2" in seen
    assert all(file in seen for file in files)
    for role in ("trustee", "accountability", "grants_analyst"):
        client = client_of(role)
        assert "bold" not in client.get(page).content.decode()
        assert [client.get(file).status_code for file in files] == [403, 403]
    elsewhere = Campus.objects.create(name="Elm", slug="elm", address="1 Elm", address_key="1 ELM")
    other = client_of("site_lead", campuses=[elsewhere])
    assert [other.get(address).status_code for address in (page, *files)] == [404, 404, 404]
    own = client_of("site_lead", campuses=[site]).get(files[0])
    assert b"".join(own.streaming_content) == picture().read()  # type: ignore[attr-defined]


def test_a_form_that_rates_nothing_is_filled_as_a_whole(
    site: Campus, person: People, client_of: Callable[..., Client], at: datetime
) -> None:
    walk = begin(site, (SURVEY[0], *MORE), person(), at)
    session = Session(walk_form(walk).program, Sources(at))
    session.set("/data/seen", SECRET)
    with pytest.raises(actions.AssessmentRefused, match="Nothing is answered"):
        actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    keep(walk, session, person(), at)
    client = client_of("lead")
    shown = client.get(reverse("assessments:walk", args=[walk.pk])).content.decode()
    assert "Nothing of this form is rated" in shown
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    page = client.get(reverse("assessments:detail", args=[walk.assessment_id])).content.decode()
    assert "This form rates nothing." in page
    instrument = reverse("assessments:instrument", args=[walk.assessment.version_id])  # type: ignore[union-attr]
    shown = client.get(instrument).content.decode()
    assert "Also asked, and not rated" in shown
    assert "Its lock" in shown
    assert SECRET in page


def test_it_is_told_over_http(
    walk: Walk, person: People, client_of: Callable[..., Client], at: datetime
) -> None:
    address = f"/api/v1/assessments/walks/{walk.pk}/filling"
    assert client_of("lead").get(address).status_code == 404
    keep(walk, session_of(walk, at), person(), at)
    told = client_of("lead").get(address).json()
    assert (told["way"], told["waiting"]) == ("page", [])
    assert [(one["path"], one["value"]) for one in told["answers"]][-1] == ("/data/door[2]/lock", "old")
    assert client_of("trustee").get(address).status_code == 403


def test_filled_forms_as_a_table(
    walk: Walk, person: People, client_of: Callable[..., Client], at: datetime
) -> None:
    assert walk.assessment is not None
    keep(walk, session_of(walk, at, "=1+1"), person(), at)
    version = walk.assessment.version_id
    page = reverse("assessments:instrument_fillings", args=[version])
    over_http = f"/api/v1/assessments/instruments/{version}/fillings"
    client = client_of("lead")
    answered = client.get(page)
    assert 'filename="sheet-walk-7-fillings.csv"' in answered["Content-Disposition"]
    content = b"".join(answered.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["repeat"], row["position"], row["/data/door/lock"]) for row in rows] == [
        ("", "", ""),
        ("/data/door", "1", ""),
        ("/data/door", "2", "old"),
    ]
    assert (rows[0]["/data/gate/G1"], rows[0]["/data/several"]) == ("1", "0 2")
    assert rows[0]["/data/seen"] == "'=1+1"
    assert {row["assessment"] for row in rows} == {walk.assessment.reference}
    assert not any("meta" in column for column in rows[0])
    same = b"".join(client.get(over_http).streaming_content).decode()  # type: ignore[attr-defined]
    assert same == content
    assert Event.objects.filter(action="assessments.fillings_exported").count() == 2
    for role in ("trustee", "grants_analyst"):
        assert [client_of(role).get(address).status_code for address in (page, over_http)] == [403, 403]
    elsewhere = Campus.objects.create(name="Elm", slug="elm", address="1 Elm", address_key="1 ELM")
    other = client_of("site_lead", campuses=[elsewhere]).get(page)
    assert b"old" not in b"".join(other.streaming_content)  # type: ignore[attr-defined]
