"""Two assessors walk alone: neither reads the other before both have handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, InstrumentVersion, Walk
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer

from .conftest import picture

pytestmark = pytest.mark.django_db
People = Callable[..., Viewer]


def planned(site: Campus, version: InstrumentVersion, at: datetime, *, is_double: bool) -> Assessment:
    return actions.plan_assessment(
        campus_id=site.pk,
        version_id=version.pk,
        planned_on=date(2012, 9, 6),
        is_double=is_double,
        by=Viewer.system(at=at),
        at=at,
    )


def begin(assessment: Assessment, by: Viewer, at: datetime) -> Walk:
    walk = actions.start_walk(assessment_id=assessment.pk, client_id=uuid4(), by=by, at=at)
    said = actions.GivenAnswer(code="G1", answer=0, note="hinge is off")
    actions.give_answers(walk_id=walk.pk, answers=[said], by=by, at=at)
    return walk


def sees(walk: Walk, viewer: Viewer) -> bool:
    return queries.walks(viewer).filter(pk=walk.pk).exists()


def test_the_other_walk_is_closed_until_both_are_handed_in(
    site: Campus, version: InstrumentVersion, person: People, at: datetime
) -> None:
    first, second, third = person(pk=1), person("school_resource_officer", 2), person("facilities", 3)
    double = planned(site, version, at, is_double=True)
    one = begin(double, first, at)
    photo = actions.add_photo(
        walk_id=one.pk, code="G1", stream=picture(), file_name="a.png", client_id=uuid4(), by=first, at=at
    )
    # The third may still become the second assessor.
    assert (sees(one, first), sees(one, second), sees(one, third)) == (True, False, False)
    assert not queries.photos(second).filter(pk=photo.pk).exists()
    assert sees(one, person("administrator", 3))
    other = begin(double, second, at)
    assert (sees(one, second), sees(other, first), sees(other, second)) == (False, False, True)
    assert sees(one, third)
    actions.submit_walk(walk_id=one.pk, by=first, at=at)
    assert not sees(one, second)
    actions.submit_walk(walk_id=other.pk, by=second, at=at)
    assert (sees(one, second), sees(other, first)) == (True, True)


def test_a_single_walk_is_open_to_all_who_assess(
    site: Campus, version: InstrumentVersion, person: People, at: datetime
) -> None:
    walk = begin(planned(site, version, at, is_double=False), person(pk=1), at)
    assert sees(walk, person("facilities", 2))


def test_page_and_api_do_not_show_it(
    site: Campus, version: InstrumentVersion, person: People, at: datetime, client_of: Callable[..., Client]
) -> None:
    client = client_of("facilities")
    double = planned(site, version, at, is_double=True)
    walk = begin(double, person(pk=1), at)
    page = client.get(reverse("assessments:detail", args=[double.pk])).content.decode()
    link = reverse("assessments:walk", args=[walk.pk])
    assert ("to be read when both have handed in" in page, link in page) == (True, False)
    for address in (
        link,
        reverse("assessments:submit", args=[walk.pk]),
        reverse("assessments:differences", args=[walk.pk]),
        reverse("api:walk", args=[walk.pk]),
        reverse("api:walk_journal", args=[walk.pk]),
    ):
        assert client.get(address).status_code == 404
