"""Crosswalks that are brought in: read against what is here, dated, and unchanged once used."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import CrosswalkFile, Finding, InstrumentVersion, Walk
from schoolward.domains.places.models import Campus
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

from .conftest import small

pytestmark = pytest.mark.django_db
People = Callable[..., Viewer]
CROSSWALK = """\
key: small-1-to-2
title: The small walk, 1 to 2
tables:
  - from: small
    from_version: "1"
    to: small
    to_version: "2"
    rows:
      - {from: G1, is: same, to: F1}
    same_codes: true
"""


@pytest.fixture
def second(version: InstrumentVersion, by: Viewer, at: datetime) -> InstrumentVersion:
    """The same questions, of which one has another code."""
    content = small("2", "2012-09-01").replace(b"code: G1", b"code: F1")
    return actions.add_instrument(content=content, name="small.yaml", by=by, at=at).version


def add(by: Viewer, at: datetime, text: str = CROSSWALK, name: str = "cross.yaml") -> actions.AddedCrosswalk:
    return actions.add_crosswalk(content=text.encode(), name=name, by=by, at=at)


def walk(
    site: Campus, version: InstrumentVersion, answers: dict[str, int], by: Viewer, who: Viewer, at: datetime
) -> Walk:
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=at.date(), by=by, at=at
    )
    made = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=who, at=at)
    given = [actions.GivenAnswer(code=code, answer=answer) for code, answer in answers.items()]
    actions.give_answers(walk_id=made.pk, answers=given, by=who, at=at)
    return made


def test_a_trend_survives_a_new_code(
    site: Campus,
    version: InstrumentVersion,
    second: InstrumentVersion,
    by: Viewer,
    person: People,
    at: datetime,
) -> None:
    before = at - timedelta(days=30)
    first = walk(site, version, {"G1": 2, "D1": 3}, Viewer.system(at=before), person(), before)
    actions.submit_walk(walk_id=first.pk, by=person(), at=before)
    now = walk(site, second, {"F1": 3}, by, person(), at)
    assert "F1" not in queries.last_time(now)
    assert add(by, at).is_new
    assert queries.last_time(now)["F1"] == 2
    assert queries.last_time(now)["D1"] == 3


def test_the_same_file_twice_is_one(second: InstrumentVersion, by: Viewer, at: datetime) -> None:
    assert [add(by, at).is_new, add(by, at).is_new] == [True, False]
    row = CrosswalkFile.objects.get()
    assert (row.key, row.links, row.added_at) == ("small-1-to-2", 4, at)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CROSSWALK.replace("F1", "F9"), r"cross\.yaml: .*line 9.*F9"),
        (CROSSWALK.replace('"2"', '"3"'), r"small.* 3, which is not known; known are"),
        (CROSSWALK.replace("same_codes: true", "same_codes: false"), "says nothing of"),
        (CROSSWALK.replace("small-1-to-2", "our-instruments"), "is in use and does not change"),
        ("key: x", "tables"),
        ("{", r"cross\.yaml"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_line(
    second: InstrumentVersion, by: Viewer, at: datetime, text: str, told: str
) -> None:
    with pytest.raises(actions.AssessmentRefused, match=told):
        add(by, at, text)
    assert not CrosswalkFile.objects.exists()


def test_two_that_contradict_each_other_are_refused(
    second: InstrumentVersion, by: Viewer, at: datetime
) -> None:
    add(by, at)
    other = CROSSWALK.replace("small-1-to-2", "another").replace(
        "rows:\n      - {from: G1, is: same, to: F1}",
        "rows:\n      - {from: G1, is: same, to: D1}\n      - {from: D1, is: related, to: F1}",
    )
    with pytest.raises(actions.AssessmentRefused, match="is the same as both"):
        add(by, at, other)
    assert CrosswalkFile.objects.count() == 1


def test_it_may_be_mended_until_it_is_used(
    site: Campus, second: InstrumentVersion, by: Viewer, person: People, at: datetime
) -> None:
    add(by, at)
    mended = CROSSWALK.replace("1 to 2", "one to two")
    assert add(by, at, mended).is_new
    assert CrosswalkFile.objects.get().title == "The small walk, one to two"
    done = walk(site, second, {"F1": 3}, by, person(), at)
    actions.submit_walk(walk_id=done.pk, by=person(), at=at)
    with pytest.raises(actions.AssessmentRefused, match="in use and does not change"):
        add(by, at, CROSSWALK)
    with pytest.raises(DatabaseError), transaction.atomic():
        CrosswalkFile.objects.update(title="Other")


def test_who_brings_them_in(second: InstrumentVersion, person: People, at: datetime) -> None:
    with pytest.raises(AccessDenied):
        add(person("facilities"), at)
    assert add(person("administrator"), at).is_new


def test_page_and_api(second: InstrumentVersion, client_of: Callable[..., Client]) -> None:
    client = client_of("lead")
    page, over_http = reverse("assessments:add_crosswalk"), "/api/v1/assessments/crosswalks"

    def file(text: str) -> io.BytesIO:
        sent = io.BytesIO(text.encode())
        sent.name = "cross.yaml"
        return sent

    refused = client.post(page, {"file": file(CROSSWALK.replace("F1", "F9"))})
    assert refused.status_code == 422
    assert "line 9" in refused.content.decode()
    assert client.post(over_http, {"file": file("key: x")}).status_code == 422
    assert client.post(over_http).status_code == 422
    assert client.post(over_http, {"file": file(CROSSWALK)}).status_code == 201
    assert client.post(over_http, {"file": file(CROSSWALK)}).status_code == 200
    assert client.post(page, {"file": file(CROSSWALK)}).status_code == 302
    (told,) = client.get(over_http).json()
    assert (told["key"], told["links"]) == ("small-1-to-2", 4)
    shown = client_of("trustee").get(reverse("assessments:instruments")).content.decode()
    assert "The small walk, 1 to 2" in shown
    kept = client_of("trustee").get(reverse("assessments:crosswalk_file", args=[told["id"]]))
    assert b"".join(kept.streaming_content) == CROSSWALK.encode()  # type: ignore[attr-defined]
    assert date.fromisoformat(told["added_at"][:10]) >= date(2012, 9, 6)


NEXT = """\
key: small-2-to-3
title: The small walk, 2 to 3
tables:
  - from: small
    from_version: "1"
    to: small
    to_version: "2"
    rows:
      - {from: G1, is: same, to: F1}
    ended: [G2]
    begun: [G2]
    same_codes: true
"""


def test_what_is_the_same_is_found_once_and_an_ended_code_is_another_thing(
    site: Campus, version: InstrumentVersion, by: Viewer, person: People, at: datetime
) -> None:
    before = at - timedelta(days=30)
    first = walk(site, version, {"G1": 0, "G2": 0, "D1": 3}, Viewer.system(at=before), person(), before)
    found = actions.submit_walk(walk_id=first.pk, by=person(), at=before).found
    gate, view = sorted(found, key=lambda one: one.code)
    content = small("2", "2012-09-01").replace(b"code: G1", b"code: F1")
    content = content.replace(b"The gate can be seen from the office.", b"The camera sees the gate.")
    second = actions.add_instrument(content=content, name="small.yaml", by=by, at=at).version
    add(by, at, NEXT)
    now = walk(site, second, {"F1": 0, "G2": 3, "D1": 3}, by, person(), at)
    done = actions.submit_walk(walk_id=now.pk, by=person(), at=at)
    assert (done.found, done.seen_again, done.mended) == ([], 1, 0)
    assert list(gate.sightings.values_list("walk", "is_mended")) == [(first.pk, False), (now.pk, False)]
    assert list(view.sightings.values_list("walk", flat=True)) == [first.pk]


def test_an_ended_code_that_fails_is_a_finding_of_its_own(
    site: Campus, version: InstrumentVersion, by: Viewer, person: People, at: datetime
) -> None:
    before = at - timedelta(days=30)
    first = walk(site, version, {"G2": 0}, Viewer.system(at=before), person(), before)
    actions.submit_walk(walk_id=first.pk, by=person(), at=before)
    content = small("2", "2012-09-01").replace(b"code: G1", b"code: F1")
    content = content.replace(b"The gate can be seen from the office.", b"The camera sees the gate.")
    second = actions.add_instrument(content=content, name="small.yaml", by=by, at=at).version
    add(by, at, NEXT)
    now = walk(site, second, {"G2": 0}, by, person(), at)
    done = actions.submit_walk(walk_id=now.pk, by=person(), at=at)
    assert (len(done.found), done.seen_again) == (1, 0)
    assert Finding.objects.filter(code="G2", state="open").count() == 2


@pytest.mark.parametrize(("text", "seen_again"), [(b"can be seen", 1), (b"can be watched", 0)])
def test_versions_that_nobody_related_are_compared_by_code_and_words(
    site: Campus,
    version: InstrumentVersion,
    by: Viewer,
    person: People,
    at: datetime,
    text: bytes,
    seen_again: int,
) -> None:
    before = at - timedelta(days=30)
    first = walk(site, version, {"G2": 0}, Viewer.system(at=before), person(), before)
    actions.submit_walk(walk_id=first.pk, by=person(), at=before)
    content = small("2", "2012-09-01").replace(b"can be seen", text)
    second = actions.add_instrument(content=content, name="small.yaml", by=by, at=at).version
    now = walk(site, second, {"G2": 0}, by, person(), at)
    assert actions.submit_walk(walk_id=now.pk, by=person(), at=at).seen_again == seen_again


def test_what_fails_in_two_instruments_is_one_piece_of_work(
    site: Campus, version: InstrumentVersion, by: Viewer, person: People, at: datetime
) -> None:
    before = at - timedelta(days=30)
    first = walk(site, version, {"G1": 0, "G2": 0}, Viewer.system(at=before), person(), before)
    actions.submit_walk(walk_id=first.pk, by=person(), at=before)
    content = small().replace(b"key: small", b"key: audit").replace(b"code: G1", b"code: X1")
    audit = actions.add_instrument(content=content, name="audit.yaml", by=by, at=at).version
    add(
        by,
        at,
        "key: small-audit\ntitle: The walk and the audit\ntables:\n"
        '  - {from: small, from_version: "1", to: audit, to_version: "1", '
        "rows: [{from: G1, is: same, to: X1}]}\n",
    )
    now = walk(site, audit, {"X1": 0, "G2": 0}, by, person(), at)
    done = actions.submit_walk(walk_id=now.pk, by=person(), at=at)
    assert (done.seen_again, [one.code for one in done.found]) == (1, ["G2"])
    assert Finding.objects.filter(state="open").count() == 3
