"""The risk behind work: FEMA's product of the layer where a finding stands, or nothing where none is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Finding, Walk
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
RATING = """\
key: rating
version: "1"
title: A small rating
kind: vulnerability
valid_from: 2010-07-01
credit: Made up for a test.
terms:
  people: People
  metal: Metal
  intruder: An intruder
  theft: Theft
  edge: The edge of the site
  inside: Inside
scales:
  - key: rating
    may_not_exist: true
    may_be_unobserved: true
    choices:
      - {value: 1, label: step 1}
      - {value: 2, label: step 2}
      - {value: 3, label: step 3}
      - {value: 4, label: step 4}
      - {value: 5, label: step 5}
      - {value: 6, label: step 6}
      - {value: 7, label: step 7}
      - {value: 8, label: step 8}
      - {value: 9, label: step 9}
      - {value: 10, label: step 10}
  - key: confidence
    may_not_exist: false
    may_be_unobserved: true
    choices:
      - {value: 1, label: It works}
      - {value: 0, label: It does not}
defaults: {scale: rating, fails_at: never, weight: 0, severity: medium, trade: other}
sections:
  - key: factors
    title: Factors
    items:
      - {code: A1, text: People?, asset: people}
      - {code: A2, text: Metal?, asset: metal}
      - {code: T1, text: Intruder?, threat: intruder}
      - {code: T2, text: Theft?, threat: theft}
      - {code: V1, text: People to intruder?, asset: people, threat: intruder, layer: edge}
      - {code: V2, text: Metal to theft?, asset: metal, threat: theft, layer: edge}
  - key: measures
    title: Measures
    scale: confidence
    fails_at: 0
    weight: 1
    items:
      - {code: M1, text: The fence holds., layer: edge, trade: fencing, recommendation: Mend the fence.}
      - {code: M2, text: The gate locks., layer: edge, trade: locks, recommendation: Lock the gate.}
      - {code: M3, text: The hall is seen., layer: inside, trade: other, recommendation: Look into the hall.}
"""
RATED = {"A1": 9, "A2": 4, "T1": 7, "T2": 8, "V1": 5, "V2": 6}


@pytest.fixture
def rate(
    site: Campus, person: Callable[..., Viewer], by: Viewer, at: datetime
) -> Callable[[dict[str, Any]], dict[str, Finding]]:
    """Walk the small rating with these answers, hand it in, and give the findings by the item's code."""

    def make(answers: dict[str, Any]) -> dict[str, Finding]:
        version = actions.add_instrument(content=RATING.encode(), name="rating.yaml", by=by, at=at).version
        planned = actions.plan_assessment(
            campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, 6), by=by, at=at
        )
        walker = person()
        walk = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=walker, at=at)
        given = [actions.GivenAnswer(code=code, answer=answer) for code, answer in answers.items()]
        actions.give_answers(walk_id=walk.pk, answers=given, by=walker, at=at)
        actions.submit_walk(walk_id=walk.pk, by=walker, at=at)
        return {one.code: one for one in Finding.objects.all()}

    return make


def behind(viewer: Viewer, finding: Finding) -> queries.FindingBehind:
    assert finding.work_id is not None
    (one,) = queries.findings_behind(viewer, [finding.work_id])[finding.work_id]
    return one


def test_the_highest_risk_of_the_layer_stands_behind_a_finding(rate: Any, viewer: Any) -> None:
    """9 x 7 x 5 = 315 is above 4 x 8 x 6 = 192; both gaps of the edge stand against the one risk."""
    found = rate({**RATED, "M1": 0, "M2": 0, "M3": 0})
    fence, gate, hall = (behind(viewer("trustee"), found[code]) for code in ("M1", "M2", "M3"))
    assert (fence.product, fence.rated_on) == (315, date(2012, 9, 6))
    assert fence.rated_together == gate.rated_together != ""
    assert (hall.product, hall.rated_on, hall.rated_together) == (None, None, "")


def test_a_pair_with_a_factor_unrated_is_not_reckoned(rate: Any, viewer: Any) -> None:
    found = rate({**{code: value for code, value in RATED.items() if code != "A1"}, "M1": 0})
    assert behind(viewer("trustee"), found["M1"]).product == 192


def test_nothing_rated_is_nothing_known(rate: Any, viewer: Any) -> None:
    assert behind(viewer("trustee"), rate({"M1": 0})["M1"]).product is None


def test_an_instrument_without_risks_rates_none(walked: Callable[..., Walk], viewer: Any, at: Any) -> None:
    walk = walked({"G1": 0})
    actions.submit_walk(walk_id=walk.pk, by=viewer("lead"), at=at)
    one = behind(viewer("trustee"), Finding.objects.get())
    assert (one.product, one.severity) == (None, "high")


def test_a_settled_finding_and_another_site_stand_behind_nothing(
    rate: Any, viewer: Any, by: Viewer, at: datetime, site: Campus
) -> None:
    finding = rate({**RATED, "M1": 0})["M1"]
    elsewhere = viewer("trustee", campus_ids={site.pk + 1})
    assert queries.findings_behind(elsewhere, [finding.work_id]) == {}
    work.decline(item_id=finding.work_id, reason="Sold", by=by, at=at)
    assert queries.findings_behind(by, [finding.work_id]) == {}
