"""A walk: planned, started, answered and handed in; whatever is sent twice is kept once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Answer, AnswerPhoto, Assessment, InstrumentVersion, Walk
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

from .conftest import picture

pytestmark = pytest.mark.django_db
People = Callable[..., Viewer]
Walked = Callable[..., Walk]


def answer(walk: Walk, by: Viewer, at: datetime, *given: actions.GivenAnswer) -> actions.Kept:
    return actions.give_answers(walk_id=walk.pk, answers=list(given), by=by, at=at)


def test_a_plan_is_refused(site: Campus, version: InstrumentVersion, by: Viewer, at: datetime) -> None:
    def plan(**change: Any) -> Assessment:
        given = {"campus_id": site.pk, "version_id": version.pk, "planned_on": date(2012, 9, 7), **change}
        return actions.plan_assessment(by=by, at=at, **given)

    for change, field in (
        ({"planned_on": date(2012, 9, 5)}, "planned_on"),
        ({"version_id": version.pk + 1}, "version_id"),
    ):
        with pytest.raises(actions.AssessmentRefused) as refusal:
            plan(**change)
        assert refusal.value.field == field
    nowhere = Campus.objects.create(name="Ash", slug="ash", address="1 Ash Street", address_key="1 ASH ST")
    closed = Campus.objects.create(name="Elm", slug="elm", address="1 Elm Street", address_key="1 ELM ST")
    school = School.objects.create(cds_code="00000000000002", name="Elm", kind="elementary")
    ended = SchoolOccupancy.objects.create(school=school, campus=closed, valid_to=date(2012, 9, 6))
    for campus in (nowhere, closed):
        with pytest.raises(actions.AssessmentRefused, match="in operation at this site") as refusal:
            plan(campus_id=campus.pk)
        assert refusal.value.field == "campus_id"
    assert plan(campus_id=closed.pk, planned_on=date(2012, 9, 6)).campus == closed
    ended.delete()
    SchoolOccupancy.objects.create(school=school, campus=nowhere, valid_from=date(2012, 10, 1))
    assert plan(campus_id=nowhere.pk).campus == nowhere, "a site is walked before it opens"
    made = plan()
    assert (made.state, made.bands, made.reference) == ("planned", "elementary", f"A-{made.pk:05d}")
    with pytest.raises(actions.AssessmentRefused, match=made.reference):
        plan(planned_on=date(2012, 9, 20))


def test_only_the_items_of_the_schools_bands_are_asked(planned: Assessment) -> None:
    assert [one.item.code for one in queries.asked_of(planned)] == ["G1", "G2", "D1"]


def test_the_same_person_starts_once_and_a_second_finds_no_room(
    planned: Assessment, person: People, at: datetime
) -> None:
    first = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=person(), at=at)
    again = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=person(), at=at)
    assert first == again
    with pytest.raises(actions.AssessmentRefused):
        actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=person("lead", 2), at=at)


def test_an_answer_sent_twice_is_kept_once(walked: Walked, person: People, at: datetime) -> None:
    walk = walked({})
    one = actions.GivenAnswer(code="G1", answer=2, note="Sticks.")
    assert answer(walk, person(), at, one) == actions.Kept(1, 0)
    assert answer(walk, person(), at, one, one) == actions.Kept(0, 2)
    assert Answer.objects.count() == 1
    assert Event.objects.filter(action="assessments.answered").count() == 1
    with pytest.raises(actions.AnswerConflict):
        answer(walk, person(), at, actions.GivenAnswer(code="G1", answer=3, client_id=one.client_id))


def test_the_number_of_an_answer_is_no_key_to_another_walk(
    walked: Walked, person: People, at: datetime
) -> None:
    walk = walked({})
    one = actions.GivenAnswer(code="G1", answer=2)
    answer(walk, person(), at, one)
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    other = walked({}, when=at + timedelta(days=30))
    with pytest.raises(actions.AnswerConflict):
        answer(other, person(), at, one)


def test_the_answer_given_last_counts_in_whatever_order_they_arrive(
    walked: Walked, person: People, at: datetime
) -> None:
    walk = walked({})
    late = actions.GivenAnswer(code="G1", answer=3, given_at=at + timedelta(minutes=2))
    early = actions.GivenAnswer(code="G1", answer=0, given_at=at)
    answer(walk, person(), at, late)
    answer(walk, person(), at, early)
    assert queries.answers_by_code(walk.pk) == {"G1": 3}
    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "given", "field"),
    [("D2", 1, "code"), ("X9", 1, "code"), ("G1", 4, "answer"), ("G1", -1, "answer")],
)
def test_nothing_is_kept_of_a_batch_with_a_bad_answer(
    walked: Walked, person: People, at: datetime, code: str, given: int, field: str
) -> None:
    walk = walked({})
    with pytest.raises(actions.AssessmentRefused) as refusal:
        answer(
            walk,
            person(),
            at,
            actions.GivenAnswer(code="G2", answer=1),
            actions.GivenAnswer(code=code, answer=given),
        )
    assert refusal.value.field == field
    assert not Answer.objects.exists()


def test_nobody_answers_in_somebody_elses_walk(
    walked: Walked, person: People, site: Campus, at: datetime
) -> None:
    walk = walked({})
    with pytest.raises(actions.NotTheAssessor):
        answer(walk, person("lead", 2), at, actions.GivenAnswer(code="G1", answer=2))
    for stranger in (person("trustee", 2), person("site_lead", 2, campus_ids={site.pk + 1})):
        with pytest.raises(AccessDenied):
            answer(walk, stranger, at, actions.GivenAnswer(code="G1", answer=2))


def test_answers_are_never_changed_and_none_come_after_the_end(
    walked: Walked, person: People, at: datetime
) -> None:
    walk = walked({})
    sent = actions.GivenAnswer(code="G1", answer=3)
    answer(walk, person(), at, sent)
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    assert answer(walk, person(), at, sent) == actions.Kept(0, 1), "a repeated receipt, not a new answer"
    with pytest.raises(actions.WalkClosed):
        answer(walk, person(), at, actions.GivenAnswer(code="G1", answer=0))
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.update(value=0)


def test_an_answer_is_one_thing(walked: Walked, at: datetime) -> None:
    row = Answer.objects.get(pk=_one(walked({"G1": 2})))
    row.pk, row.client_id, row.mark = None, uuid4(), "dne"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def _one(walk: Walk) -> int:
    return walk.answers.get().pk


def test_scores_are_kept_with_what_the_unseen_could_change(
    walked: Walked, person: People, at: datetime
) -> None:
    walk = walked({"G1": 3, "G2": Mark.UNOBSERVED})
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    kept = Assessment.objects.get()
    assert (kept.state, kept.assessed_on) == ("submitted", date(2012, 9, 6))
    assert kept.score == 100
    assert (kept.low, kept.high) == (pytest.approx(33.333333), 100)
    assert kept.coverage == pytest.approx(33.333333)
    again = queries.score_of(kept, queries.answers_of(kept))
    assert again is not None
    assert (again.value, again.coverage) == (pytest.approx(kept.score), pytest.approx(kept.coverage))


def test_as_last_time_repeats_only_what_is_open(walked: Walked, person: People, at: datetime) -> None:
    first = walked({"G1": 3, "G2": 2, "D1": 3})
    actions.submit_walk(walk_id=first.pk, by=person(), at=at)
    later = at + timedelta(days=200)
    second = walked({"G1": 2}, when=later)
    kept = actions.answer_as_last_time(walk_id=second.pk, section="gate", by=person(), at=later)
    assert kept.new == 1
    assert queries.answers_by_code(second.pk) == {"G1": 2, "G2": 2}
    with pytest.raises(actions.AssessmentRefused):
        actions.answer_as_last_time(walk_id=second.pk, section="gate", by=person(), at=later)


def test_a_double_walk_waits_for_both_and_takes_the_lower(
    site: Campus, version: InstrumentVersion, person: People, by: Viewer, at: datetime
) -> None:
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=at.date(), is_double=True, by=by, at=at
    )
    results = []
    for pk, answers in ((1, {"G1": 3, "G2": 2}), (2, {"G1": 1, "G2": Mark.UNOBSERVED, "D1": 3})):
        who = person("lead", pk)
        walk = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=who, at=at)
        answer(walk, who, at, *(actions.GivenAnswer(code=c, answer=a) for c, a in answers.items()))
        results.append(actions.submit_walk(walk_id=walk.pk, by=who, at=at))
        planned.refresh_from_db()
    assert [one.waits for one in results] == [True, False]
    assert queries.answers_of(planned) == {"G1": 1, "G2": 2, "D1": 3}
    assert [finding.code for finding in results[1].found] == ["G1"]


def test_a_photograph_is_kept_once_and_never_crosses(walked: Walked, person: People, at: datetime) -> None:
    walk, number = walked({}), uuid4()

    def add(code: str, more: bytes = b"") -> AnswerPhoto:
        return actions.add_photo(
            walk_id=walk.pk,
            code=code,
            stream=picture(more),
            file_name="a.png",
            client_id=number,
            by=person(),
            at=at,
        )

    assert add("G1") == add("G1")
    for code, more in (("G2", b""), ("G1", b"other")):
        with pytest.raises(actions.AnswerConflict):
            add(code, more)
    assert AnswerPhoto.objects.count() == 1


@pytest.mark.parametrize(
    "pin",
    [
        actions.Pin(longitude=1.0),
        actions.Pin(longitude=200.0, latitude=0.0),
        actions.Pin(x=0.5, y=0.5),
        actions.Pin(plan_id=10**9, x=0.5, y=0.5),
    ],
)
def test_a_pin_that_cannot_be_is_refused(
    walked: Walked, person: People, at: datetime, pin: actions.Pin
) -> None:
    walk = walked({})
    with pytest.raises(actions.AssessmentRefused) as refusal:
        actions.add_photo(
            walk_id=walk.pk,
            code="G1",
            stream=picture(),
            file_name="a.png",
            client_id=uuid4(),
            pin=pin,
            by=person(),
            at=at,
        )
    assert refusal.value.field == "pin"


def test_a_pin_stands_on_the_plan_of_its_site(
    walked: Walked, person: People, site: Campus, by: Viewer, at: datetime
) -> None:
    plan = actions.add_site_plan(campus_id=site.pk, stream=picture(), file_name="plan.png", by=by, at=at)
    walk = walked({})
    photo = actions.add_photo(
        walk_id=walk.pk,
        code="G1",
        stream=picture(b"1"),
        file_name="../a.png",
        client_id=uuid4(),
        pin=actions.Pin(plan_id=plan.pk, x=0.25, y=0.5),
        by=person(),
        at=at,
    )
    assert (photo.plan, photo.plan_x, photo.file_name) == (plan, 0.25, "a.png")


def test_the_reviewer_did_not_walk(walked: Walked, person: People, at: datetime) -> None:
    walk = walked({"G1": 3})
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    with pytest.raises(actions.AssessmentRefused):
        actions.review_assessment(assessment_id=walk.assessment_id, note="", by=person(), at=at)
    done = actions.review_assessment(
        assessment_id=walk.assessment_id, note="Read.", by=person("lead", 2), at=at
    )
    assert (done.state, done.reviewed_by_id) == ("reviewed", 2)
    with pytest.raises(actions.AssessmentRefused):
        actions.review_assessment(assessment_id=walk.assessment_id, note="", by=person("lead", 2), at=at)
