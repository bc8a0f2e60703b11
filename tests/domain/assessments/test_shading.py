"""The portfolio on the map: each fact its class; what nobody looked at is a ring, never the worst colour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, Walk
from schoolward.domains.assessments.queries.portfolio import line_of
from schoolward.domains.assessments.queries.shading import Shade, classes, shaded
from schoolward.domains.places.models import Campus
from schoolward.domains.work.queries import SiteProgress
from schoolward.platform.access.viewer import Viewer


def line(**facts: Any) -> queries.CampusLine:
    given = {"campus": None, "last": None, "is_covered": True, "by_severity": {}, "progress": None}
    return queries.CampusLine(**{**given, "scored": facts.get("last"), **facts})


def assessed(score: float | None = None, coverage: float | None = None) -> Assessment:
    return Assessment(score=score, low=score, high=score, coverage=coverage, assessed_on=date(2012, 5, 1))


def test_the_score_of_a_site_is_of_one_kind_whatever_was_walked_last() -> None:
    """A small walk of one's own, or a vulnerability walk, says other things than the environmental design."""
    design = Assessment(kind="cpted", score=83, low=80, high=90, coverage=90, assessed_on=date(2012, 5, 1))
    own = Assessment(kind="walk", score=0, low=0, high=33, coverage=60, assessed_on=date(2012, 9, 1))
    found = line_of(None, [own, design], None, [], date(2010, 9, 6))
    assert (found.last, found.scored, found.is_covered) == (own, design, True)
    assert shaded(found, Shade.SCORE).value == "83"
    assert shaded(line_of(None, [own], None, [], date(2010, 9, 6)), Shade.SCORE).value == ""


def progress(verified: int, total: int, declined: int = 0) -> SiteProgress:
    return SiteProgress(campus_id=1, total=total, verified=verified, declined=declined)


@pytest.mark.parametrize(
    ("shade", "facts", "label", "value"),
    [
        (Shade.SCORE, {"last": assessed(100, 90)}, "85 and more", "100"),
        (Shade.SCORE, {"last": assessed(84.9, 90)}, "70 to 84", "84"),
        (Shade.SCORE, {"last": assessed(50, 90)}, "50 to 69", "50"),
        (Shade.SCORE, {"last": assessed(0, 90)}, "under 50", "0"),
        (Shade.SCORE, {"last": assessed()}, "no score", ""),
        (Shade.SCORE, {}, "no score", ""),
        (Shade.OBSERVED, {"last": assessed(10, 95)}, "95 % and more", "95"),
        (Shade.OBSERVED, {"last": assessed(10, 3)}, "under 70 %", "3"),
        (
            Shade.OBSERVED,
            {"last": assessed(10, 99), "is_covered": False},
            "not assessed in 24 months, or not rated",
            "",
        ),
        (Shade.FINDINGS, {"last": assessed(), "by_severity": {"low": 3, "high": 1}}, "gravest: high", "4"),
        (Shade.FINDINGS, {"last": assessed()}, "none unresolved", "0"),
        (Shade.FINDINGS, {}, "never assessed", ""),
        (Shade.VERIFIED, {"progress": progress(3, 4, 1)}, "all", "100"),
        (Shade.VERIFIED, {"progress": progress(0, 4)}, "under 25 %", "0"),
        (Shade.VERIFIED, {}, "no recommendation", ""),
    ],
)
def test_each_fact_has_its_class(shade: Shade, facts: dict[str, Any], label: str, value: str) -> None:
    drawn = shaded(line(**facts), shade)
    assert (drawn.entry.label, drawn.value) == (label, value)
    assert drawn.words
    assert drawn.entry in classes(shade)


@pytest.mark.parametrize("shade", list(Shade))
def test_what_nobody_looked_at_is_a_ring(shade: Shade) -> None:
    entries = classes(shade)
    assert shaded(line(), shade).entry.is_ring
    assert [entry.is_ring for entry in entries] == [False] * (len(entries) - 1) + [True]
    assert len({entry.colour for entry in entries}) == len(entries)


def test_the_circle_on_top_keeps_its_number() -> None:
    def at(name: str, severities: dict[str, int]) -> queries.CampusLine:
        campus = Campus(name=name, slug=name, longitude=-121.5, latitude=38.5)
        return line(campus=campus, last=assessed(), by_severity=severities)

    lines = [at("a", {}), at("b", {"urgent": 1}), at("c", {"low": 2}), at("d", {}), line(campus=Campus())]
    features = queries.on_the_map(lines, Shade.FINDINGS)["features"]
    ranks = {feature["properties"]["name"]: feature["properties"]["rank"] for feature in features}
    assert sorted(ranks, key=lambda name: ranks[name]) == ["a", "d", "c", "b"]
    assert len(set(ranks.values())) == len(ranks) == 4


def test_the_map_and_its_table(
    site: Campus,
    walked: Callable[..., Walk],
    person: Callable[..., Viewer],
    client_of: Callable[..., Client],
    at: datetime,
    settings: LazySettings,
) -> None:
    settings.DEMO = True
    Campus.objects.filter(pk=site.pk).update(longitude=-121.5, latitude=38.5)
    walk = walked({"G1": 0, "G2": 3, "D1": 0})
    actions.submit_walk(walk_id=walk.pk, by=person(), at=at)
    lead = client_of("lead")
    grid, points = reverse("assessments:grid"), reverse("assessments:grid_points")
    shown = lead.get(grid, {"shade": "findings"}).content.decode()
    assert f"{points}?shade=findings" in shown
    for words in ("gravest: urgent", "1 urgent", "1 high"):
        assert words in shown
    feature = lead.get(points, {"shade": "findings"}).json()["features"][0]
    assert feature["properties"]["detail"] == "2 unresolved findings: 1 urgent, 1 high"
    assert feature["properties"]["url"] == reverse("places:detail", args=[site.slug])
    for path in (grid, points):
        assert lead.get(path, {"shade": "worst"}).status_code == 404
    elm = Campus.objects.create(name="Elm", slug="elm", address="1 Elm", address_key="1 ELM")
    assert client_of("site_lead", campuses=[elm]).get(points).json()["features"] == []
    told = lead.get("/api/v1/assessments/sites").json()
    assert [(one["campus_id"], one["unresolved"], one["verified"]) for one in told] == [
        (site.pk, {"urgent": 1, "high": 1}, 0)
    ]
    assert client_of("campus_monitor").get("/api/v1/assessments/sites").status_code == 403
