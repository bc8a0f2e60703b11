"""Tallies of classes, parents' forms, and what is shown of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.domain.routes.conftest import Person

from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.models import ClassTally, ParentSurvey, season_of
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.audit.models import Event

Keep = Callable[..., Any]


def test_a_tally_sent_again_corrects_that_of_its_day(tally: Keep) -> None:
    first = tally()
    again = tally(counts={"walk": 9, "bike": 1, "family_vehicle": 13})
    assert again.pk == first.pk
    kept = ClassTally.objects.get()
    assert (kept.walk, kept.bike, kept.trips, kept.active) == (9, 1, 23, 10)
    assert Event.objects.filter(action="routes.tallied").count() == 2
    tally(counts={"walk": 9, "bike": 1, "family_vehicle": 13})
    assert Event.objects.filter(action="routes.tallied").count() == 2


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"day": date(2012, 5, 7)}, "day", "Tuesday, Wednesday or Thursday"),
        ({"day": date(2012, 5, 11)}, "day", "Tuesday, Wednesday or Thursday"),
        ({"day": date(2012, 9, 13)}, "day", "still to come"),
        ({"counts": {"walk": 25}}, "enrolled", "25 hands were raised, but 24 pupils"),
        ({"counts": {}}, "walk", "No hand was raised"),
        ({"counts": {"walk": -1, "bike": 3}}, "walk", "from 0 to 60"),
        ({"enrolled": 61}, "enrolled", "from 1 to 60"),
        ({"grade": "13"}, "grade", "Choose one of"),
        ({"weather": "fog"}, "weather", "Choose one of"),
        ({"direction": "noon"}, "direction", "Choose one of"),
        ({"class_label": "Ms. Lee"}, "class_label", "no name"),
        ({"class_label": "  "}, "class_label", "1 to 20 characters"),
        ({"campus_id": 2147483647}, "campus_id", "No such site"),
    ],
)
def test_what_cannot_be_tallied(tally: Keep, given: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(actions.RouteRefused, match=words) as refused:
        tally(**given)
    assert refused.value.field == field
    assert not ClassTally.objects.exists()


@pytest.mark.parametrize("label", ["Room 12", "4-B", "K-2 AM", "Grade 5 / 2", "#7", "TK 1", "Rm. 3"])
def test_labels_that_are_no_names(label: str) -> None:
    assert actions.plain_label(f" {label} ") == label


@pytest.mark.parametrize("label", ["Lee", "Mrs Gomez 4", "Room of Ana", "Ng", "O'Hara 2", "x" * 21])
def test_labels_that_may_be_names(label: str) -> None:
    with pytest.raises(actions.RouteRefused):
        actions.plain_label(label)


def test_nobody_tallies_at_a_site_of_others(tally: Keep, oak: Campus, elm: Campus, person: Person) -> None:
    with pytest.raises(AccessDenied):
        tally(by=person("site_lead", [elm]))
    with pytest.raises(AccessDenied):
        tally(by=person("trustee"))
    tally(by=person("campus_monitor", [oak]))
    assert queries.tallies(person("trustee")).count() == 0
    assert queries.tallies(person("site_lead", [elm])).count() == 0


def test_a_tally_is_taken_away_with_an_event(tally: Keep, person: Person, at: datetime) -> None:
    made = tally()
    actions.remove_tally(tally_id=made.pk, by=person("safe_routes"), at=at)
    assert not ClassTally.objects.exists()
    assert Event.objects.filter(action="routes.tally_removed").count() == 1


def test_seasons_and_shares_by_site(tally: Keep, elm: Campus, person: Person) -> None:
    for room in range(3):
        tally(class_label=f"Room {room}", counts={"walk": 6, "bike": 2, "family_vehicle": 12})
        tally(
            class_label=f"Room {room}",
            day=date(2011, 10, 4),
            counts={"walk": 4, "family_vehicle": 16},
        )
    tally(campus_id=elm.pk, counts={"walk": 3, "family_vehicle": 17})
    viewer = person("trustee")
    assert queries.seasons(viewer) == [(2012, "spring"), (2011, "fall")]
    oak_row, elm_row = queries.by_site(viewer, 2012, "spring")
    assert oak_row.share is not None
    assert oak_row.share.value == pytest.approx(0.4)
    assert elm_row.share is None  # three trips on foot are too few to show
    assert season_of(date(2012, 6, 30)) == (2012, "spring")
    assert season_of(date(2012, 7, 1)) == (2012, "fall")


def test_small_counts_by_mode_are_hidden_with_what_gives_them_away(tally: Keep, person: Person) -> None:
    tally(enrolled=60, counts={"walk": 14, "bike": 3, "family_vehicle": 30})
    shown = queries.by_mode(person("trustee"), date(2012, 1, 1), date(2012, 6, 30))
    assert shown["bike"] is None
    hidden = [mode for mode, count in shown.items() if count is None]
    assert len(hidden) >= 2


def test_two_times_are_compared_by_classes(tally: Keep, person: Person) -> None:
    for room in range(8):
        for day, walk in ((date(2011, 10, 4), 4 + room % 2), (date(2012, 5, 8), 9 + room % 3)):
            tally(class_label=f"Room {room}", day=day, counts={"walk": walk, "family_vehicle": 20 - walk})
    spans = (date(2011, 7, 1), date(2011, 12, 31)), (date(2012, 1, 1), date(2012, 6, 30))
    found = queries.two_times(person("trustee"), *spans)
    assert found.is_collected
    assert found.comparison is not None
    assert found.comparison.classes == found.comparison.in_both == 8
    assert found.comparison.is_clear
    assert found.comparison.difference == pytest.approx(79 / 160 - 36 / 160)
    nothing = queries.two_times(person("trustee"), spans[0], (date(2013, 1, 1), date(2013, 6, 30)))
    assert not nothing.is_collected


def test_few_walkers_withhold_a_comparison(tally: Keep, person: Person) -> None:
    tally(counts={"walk": 2, "family_vehicle": 20})
    span = (date(2012, 1, 1), date(2012, 6, 30))
    found = queries.two_times(person("trustee"), span, span)
    assert found.withheld
    assert found.comparison is None


def test_before_and_after_a_fix_against_the_other_sites(
    tally: Keep, oak: Campus, elm: Campus, person: Person
) -> None:
    fixed = date(2012, 1, 10)
    for room in range(6):
        for site, rise in ((oak.pk, 6), (elm.pk, room % 2)):
            for day, more in ((date(2011, 10, 4), 0), (date(2012, 5, 8), rise)):
                walk = 6 + more
                tally(
                    campus_id=site,
                    class_label=f"Room {room}",
                    day=day,
                    counts={"walk": walk, "family_vehicle": 20 - walk},
                )
    found = queries.around_a_fix(person("trustee"), oak.pk, fixed)
    assert found.there.first == (fixed - timedelta(days=365), date(2012, 1, 9))
    assert found.beyond is not None
    assert found.beyond.difference == pytest.approx(0.3 - 0.025)
    alone = queries.around_a_fix(person("trustee"), oak.pk, fixed, fixed=[elm.pk])
    assert not alone.elsewhere.is_collected


def _form(oak: Campus, person: Person, at: datetime, **given: Any) -> ParentSurvey:
    told: dict[str, Any] = {
        "campus_id": oak.pk,
        "day": date(2012, 5, 8),
        "grade": "3",
        "distance": "half",
        "mode": "walk",
        "allowed": "g35",
        "changes": ["crossings", "speed"],
        "by": person("safe_routes"),
        "at": at,
    }
    return actions.keep_survey(**(told | given))


def test_parents_forms_get_numbers_and_are_corrected_by_them(
    oak: Campus, person: Person, at: datetime
) -> None:
    first, second = _form(oak, person, at), _form(oak, person, at)
    assert (first.number, second.number) == ("n-00001", "n-00002")
    assert first.changes == ["speed", "crossings"]
    again = _form(oak, person, at, number="n-00001", distance="one")
    assert again.pk == first.pk
    assert ParentSurvey.objects.count() == 2
    for given, field in (
        ({"changes": ["candy"]}, "changes"),
        ({"distance": "far"}, "distance"),
        ({"number": "of Ana"}, "number"),
    ):
        with pytest.raises(actions.RouteRefused) as refused:
            _form(oak, person, at, **given)
        assert refused.value.field == field


def test_answers_of_a_few_parents_are_hidden(oak: Campus, elm: Campus, person: Person, at: datetime) -> None:
    for number in range(30):
        _form(oak, person, at, distance="half" if number < 27 else "one")
        _form(elm, person, at, campus_id=elm.pk, distance="half")
    found = queries.answers(person("trustee"), 2012, "spring")
    distance = next(one for one in found.questions if one.key == "distance")
    by_site = {row[1]: row for row in distance.rows}
    place = distance.answers.index("½ to 1 mile")
    assert by_site["Oak"][2][place] is None
    assert by_site[""][2][place] is None  # the sum would give it away
    changes = next(one for one in found.questions if one.key == "change_speed")
    assert len({one.key for one in found.questions}) == len(found.questions)
    assert {row[1]: row[2][0] for row in changes.rows} == {"Oak": 30, "Elm": 30, "": 60}
    own = queries.answers(person("site_lead", [elm]), 2012, "spring")
    assert [row[1] for row in own.questions[0].rows] == ["Elm"]
    assert queries.survey_forms(person("trustee")).count() == 0
    assert not queries.answers(person("trustee"), 2011, "fall").is_collected
