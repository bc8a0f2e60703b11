"""The form of a walk: written from what is asked, or the instrument's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, Finding, Walk
from schoolward.domains.assessments.walk_forms import Place, walk_form
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.xforms.session import Session, Sources

from .conftest import small
from .test_instruments import SURVEY, workbook

pytestmark = pytest.mark.django_db


def begun(assessment: Assessment, by: Viewer, at: datetime) -> Walk:
    return actions.start_walk(assessment_id=assessment.pk, client_id=uuid4(), by=by, at=at)


@pytest.fixture
def walk(planned: Assessment, person: Callable[..., Viewer], at: datetime) -> Walk:
    return begun(planned, person(), at)


def test_it_asks_what_the_walk_asks(walk: Walk) -> None:
    form = walk_form(walk)
    rated = [place.code for place in form.places.values() if place.part == "rating"]
    assert rated == [one.item.code for one in queries.asked_in(walk)] == ["G1", "G2", "D1"]
    assert form.compiled["title"] == "A small walk"
    groups = [
        one["label"][""] for one in form.compiled["controls"] if one["kind"] == "group" and "label" in one
    ]
    assert groups == ["The gate", "The doors"]
    assert not form.is_own


def test_every_answer_of_the_scale_and_no_other_is_kept(walk: Walk, at: datetime) -> None:
    form = walk_form(walk)
    session = Session(form.program, Sources(at))
    for given, kept in (("3", "3"), ("0", "0"), ("dne", "dne"), ("uto", "uto"), ("4", ""), ("x", "")):
        session.set("/data/gate/G1/rating", given)
        assert session.nodes()["/data/gate/G1/rating"]["value"] == kept


def test_the_same_question_twice_is_one_form(walk: Walk) -> None:
    assert walk_form(walk) is walk_form(Walk.objects.get(pk=walk.pk))
    without = walk_form(walk, with_pins=False)
    assert without is not walk_form(walk)
    assert "pin" not in {place.part for place in without.places.values()}


def test_its_first_questions_are_the_first_ratings(walk: Walk) -> None:
    form = walk_form(walk)
    controls = form.compiled["controls"]
    asked = [number for number, one in enumerate(controls) if one["kind"] == "select1"]
    assert form.first_questions.count("<fieldset") == len(asked) + 2  # and two zones
    for number in asked:
        assert f'data-question="filling-q{number}"' in form.first_questions


def test_another_band_is_another_form(walk: Walk) -> None:
    before = walk_form(walk)
    Assessment.objects.filter(pk=walk.assessment_id).update(bands="high")
    after = walk_form(Walk.objects.get(pk=walk.pk))
    assert "/data/doors/D2/rating" in after.places.keys() - before.places.keys()
    assert after.compiled["version"] != before.compiled["version"]


def test_a_form_is_its_own_form(
    site: Campus, by: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    repeat = (
        ("begin_repeat", "door", "Each door", "", "", ""),
        ("text", "seen", "What did you see?", "", "", ""),
        ("end_repeat", "", "", "", "", ""),
    )
    added = actions.add_instrument(content=workbook((*SURVEY, *repeat)), name="walk.xlsx", by=by, at=at)
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=added.version.pk, planned_on=date(2012, 9, 6), by=by, at=at
    )
    form = walk_form(begun(planned, person(), at))
    assert form.is_own
    assert form.places == {"/data/gate/G1": Place("G1", "rating"), "/data/gate/G2": Place("G2", "rating")}
    session = Session(form.program, Sources(at))
    session.add("/data/door")
    assert "/data/door[2]/seen" in session.nodes()


def test_looking_again_asks_items_of_several_versions(
    walked: Callable[..., Walk], by: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    first = walked({"G1": 0, "G2": 3, "D1": 3})
    actions.submit_walk(walk_id=first.pk, by=person(), at=at)
    actions.add_instrument(content=small("2", "2012-09-06"), name="small.yaml", by=by, at=at)
    second_version = queries.usable_versions(by, date(2012, 9, 6)).get()
    second = begun(
        actions.plan_assessment(
            campus_id=first.campus_id, version_id=second_version.pk, planned_on=date(2012, 9, 6), by=by, at=at
        ),
        person(),
        at,
    )
    actions.give_answers(
        walk_id=second.pk, answers=[actions.GivenAnswer(code="D1", answer=0)], by=person(), at=at
    )
    actions.submit_walk(walk_id=second.pk, by=person(), at=at)
    found = list(Finding.objects.values_list("pk", flat=True))
    request = actions.request_reinspection(
        campus_id=first.campus_id, finding_ids=found, due=date(2012, 10, 1), by=by, at=at
    )
    again = actions.start_reinspection(request_id=request.pk, client_id=uuid4(), by=person(), at=at)
    form = walk_form(again)
    rated = {path: place.code for path, place in form.places.items() if place.part == "rating"}
    assert rated == {"/data/gate/G1/rating": "G1", "/data/doors/D1/rating": "D1"}
    assert form.compiled["title"] == "Looking again"
