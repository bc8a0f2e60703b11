"""Tallies of classes, parents' forms, and what is shown of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from tests.domain.routes.conftest import Person

from schoolward.domains.places.actions.calendar import put_non_school_day
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.health_checks import counted_once
from schoolward.domains.routes.models import Barrier, ClassTally, ParentSurvey, season_of
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.audit.models import Event

Keep = Callable[..., Any]
TODAY = date(2012, 9, 6)


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
    viewer = person("trustee")
    assert queries.seasons(viewer) == [(2012, "spring"), (2011, "fall")]
    (oak_row,) = queries.by_site(viewer, 2012, "spring")
    assert oak_row.share is not None
    assert oak_row.share.value == pytest.approx(0.4)
    tally(campus_id=elm.pk, counts={"walk": 3, "family_vehicle": 17})
    # Three trips on foot are too few to show, and all trips less those of the other site would be them.
    assert [row.share for row in queries.by_site(viewer, 2012, "spring")] == [None, None]
    ash = Campus.objects.create(name="Ash", slug="ash", address="1 Ash St", address_key="1 ASH ST")
    for room in range(6):
        tally(campus_id=ash.pk, class_label=f"Room {room}", counts={"walk": 8, "family_vehicle": 12})
    shown = {row.campus_id: row.share is not None for row in queries.by_site(viewer, 2012, "spring")}
    assert shown[ash.pk]
    assert list(shown.values()) == [False, False, True]
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
    found = queries.two_times(person("trustee"), *spans, today=TODAY)
    assert found.is_collected
    assert found.comparison is not None
    assert found.comparison.classes == found.comparison.in_both == 8
    assert found.comparison.is_clear
    assert found.comparison.difference == pytest.approx(79 / 160 - 36 / 160)
    nothing = queries.two_times(
        person("trustee"), spans[0], (date(2013, 1, 1), date(2013, 6, 30)), today=TODAY
    )
    assert not nothing.is_collected


def test_few_walkers_withhold_a_comparison(tally: Keep, person: Person) -> None:
    tally(counts={"walk": 2, "family_vehicle": 20})
    span = (date(2012, 1, 1), date(2012, 6, 30))
    found = queries.two_times(person("trustee"), span, span, today=TODAY)
    assert found.withheld
    assert found.comparison is None


def _around_a_fix(tally: Keep, sites: dict[int, int], *days: date) -> None:
    """Six classes at each site; the days of 2012 have so many more on foot as the site says."""
    for room in range(6):
        for site, rise in sites.items():
            for day in days:
                walk = 6 + (rise or room % 2 if day.year == 2012 else 0)
                tally(
                    campus_id=site,
                    class_label=f"Room {room}",
                    day=day,
                    counts={"walk": walk, "family_vehicle": 20 - walk},
                )


def test_before_and_after_a_fix_against_the_other_sites(
    tally: Keep, barrier: Keep, oak: Campus, elm: Campus, person: Person
) -> None:
    fixed = date(2011, 8, 10)
    _around_a_fix(tally, {oak.pk: 6, elm.pk: 0}, date(2011, 5, 10), date(2012, 5, 8))
    found = queries.around_a_fix(person("trustee"), oak.pk, fixed, today=TODAY)
    assert found.there.first == (date(2010, 7, 1), date(2011, 6, 30))
    assert found.there.second == (date(2011, 7, 1), date(2012, 6, 30))
    assert found.there.until is None
    assert found.beyond is not None
    assert found.beyond.difference == pytest.approx(0.3 - 0.025)
    one = barrier(campus_id=elm.pk)
    Barrier.objects.filter(pk=one.pk).update(
        state="closed", accepted_on=date(2011, 9, 1), closed_on=date(2012, 3, 1)
    )
    alone = queries.around_a_fix(person("trustee"), oak.pk, fixed, today=TODAY)
    assert not alone.elsewhere.is_collected


def test_a_season_that_is_not_over_is_held_against_its_like(
    tally: Keep, oak: Campus, elm: Campus, person: Person
) -> None:
    """Fall and spring are not set against one spring: the fall of the year before is left out."""
    fixed = date(2011, 12, 14)
    days = date(2011, 5, 10), date(2011, 10, 4), date(2012, 5, 8)
    _around_a_fix(tally, {oak.pk: 6, elm.pk: 0}, *days)
    found = queries.around_a_fix(person("trustee"), oak.pk, fixed, today=TODAY)
    assert found.there.first == (date(2011, 1, 1), date(2011, 12, 31))
    assert found.there.second == (date(2012, 1, 1), date(2012, 12, 31))
    assert found.there.until == TODAY
    assert found.there.seasons == (((2011, "spring"),), ((2012, "spring"),))
    assert found.there.comparison is not None
    assert found.there.comparison.before.trips == found.there.comparison.after.trips == 120


def test_a_half_of_the_year_tallied_once_is_left_out(
    tally: Keep, oak: Campus, elm: Campus, person: Person
) -> None:
    fixed = date(2011, 8, 10)
    _around_a_fix(tally, {oak.pk: 6, elm.pk: 0}, date(2010, 10, 5), date(2011, 5, 10), date(2012, 5, 8))
    found = queries.around_a_fix(person("trustee"), oak.pk, fixed, today=TODAY)
    assert found.left_out == ("fall",)
    assert found.there.is_like_with_like
    assert found.there.comparison is not None
    assert found.there.comparison.before.trips == 120
    spans = (date(2010, 7, 1), date(2011, 6, 30)), (date(2012, 1, 1), date(2012, 6, 30))
    mixed = queries.two_times(person("trustee"), *spans, today=TODAY)
    assert not mixed.is_like_with_like
    nothing = queries.around_a_fix(person("trustee"), oak.pk, date(2010, 12, 1), today=TODAY)
    assert not nothing.there.is_collected


def test_a_season_tallied_before_and_after_a_fix_is_left_out(
    tally: Keep, oak: Campus, person: Person
) -> None:
    _around_a_fix(
        tally, {oak.pk: 6}, date(2011, 5, 10), date(2011, 10, 4), date(2011, 11, 8), date(2012, 5, 8)
    )
    found = queries.around_a_fix(person("trustee"), oak.pk, date(2011, 10, 20), today=TODAY)
    assert found.there.first == (date(2010, 7, 1), date(2011, 6, 30))
    assert found.there.second == (date(2012, 1, 1), date(2012, 12, 31))


def test_no_two_spans_tell_what_a_few_pupils_did(
    tally: Keep, barrier: Keep, oak: Campus, elm: Campus, person: Person
) -> None:
    """Every span, site and fix is played: no difference of two sums tells fewer than eleven of a kind."""
    viewer, seasons = person("trustee"), [(2010, "fall"), (2011, "spring"), (2011, "fall"), (2012, "spring")]
    for site, spring in ((oak.pk, 2), (elm.pk, 7)):
        for day in (date(2010, 10, 5), date(2011, 5, 10), date(2011, 10, 4), date(2012, 5, 8)):
            for room in range(4):
                walk = spring if day == date(2011, 5, 10) and room == 0 else 0 if day.year == 2011 else 7
                walk = 7 if day.month == 10 else walk
                tally(
                    campus_id=site,
                    class_label=f"Room {room}",
                    day=day,
                    counts={"walk": walk, "family_vehicle": 20 - walk},
                )
    days = [queries.days_of_season(*season) for season in seasons]
    later = (date(2013, 1, 1), date(2013, 6, 30))  # nothing tallied: its side never withholds
    told = {}
    for sites in ([oak.pk], [elm.pk], None):
        for first in range(4):
            for last in range(first, 4):
                found = queries.two_times(
                    viewer, (days[first][0], days[last][1]), later, today=TODAY, campus_ids=sites
                )
                if found.comparison is not None:
                    told[str(sites), first, last] = found.comparison.before
    assert ("None", 0, 0) in told
    for one in told.values():
        for other in told.values():
            few = abs(one.active - other.active), abs(one.trips - other.trips)
            assert few[0] not in range(1, 11)
            assert few[1] - few[0] not in range(1, 11)
    assert not {span[1:] for span in told} & {(1, 1), (0, 1), (1, 2), (0, 3)}
    for day in range(1, 29):
        with pytest.raises(ValueError, match="not whole seasons"):
            queries.two_times(viewer, (days[0][0], date(2011, 6, day)), later, today=TODAY)
    around = {
        queries.around_a_fix(viewer, oak.pk, date(2011, month, day), today=TODAY).there.first
        for month in range(1, 13)
        for day in (1, 10, 28)
    }
    assert all(queries.is_of_whole_seasons(*span) for span in around)


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
    for number in range(33):
        _form(oak, person, at, distance="one" if number < 3 else "half")
        _form(elm, person, at, campus_id=elm.pk, distance="half")
    found = queries.answers(person("trustee"), 2012, "spring")
    distance = next(one for one in found.questions if one.key == "distance")
    by_site = {row[1]: row for row in distance.rows}
    place = distance.answers.index("½ to 1 mile")
    assert by_site["Oak"][2][place] is None
    assert by_site[""][2][place] is None  # the sum would give it away
    changes = next(one for one in found.questions if one.key == "change_speed")
    assert len({one.key for one in found.questions}) == len(found.questions)
    assert {row[1]: row[2][0] for row in changes.rows} == {"Oak": 33, "Elm": 33, "": 66}
    own = queries.answers(person("site_lead", [elm]), 2012, "spring")
    assert [row[1] for row in own.questions[0].rows] == ["Elm"]
    assert queries.survey_forms(person("trustee")).count() == 0
    assert not queries.answers(person("trustee"), 2011, "fall").is_collected


def test_who_looks_before_and_after_one_form_learns_nothing_of_it(
    oak: Campus, person: Person, at: datetime
) -> None:
    viewer = person("trustee")
    for _number in range(11):
        _form(oak, person, at)
    before = queries.answers(viewer, 2012, "spring")
    for number in range(11):
        assert queries.answers(viewer, 2012, "spring") == before, number
        _form(oak, person, at, distance="one", allowed="now", changes=[])
    after = queries.answers(viewer, 2012, "spring")
    (distance,) = (one for one in after.questions if one.key == "distance")
    assert [row[3] for row in distance.rows] == [22, 22]


def test_nothing_is_told_of_fewer_than_eleven_forms(
    oak: Campus, elm: Campus, person: Person, at: datetime
) -> None:
    """Neither by zeros beside the one hidden answer, nor by all sites less the others."""
    for _number in range(2):
        _form(elm, person, at, campus_id=elm.pk)
    for question in queries.answers(person("trustee"), 2012, "spring").questions:
        assert {count for row in question.rows for count in (*row[2], row[3])} == {None}
    for _number in range(33):
        _form(oak, person, at, distance="one")
    for question in queries.answers(person("trustee"), 2012, "spring").questions:
        told = {row[1]: row[2:] for row in question.rows}
        assert set(told["Elm"][0]) | {told["Elm"][1]} == {None}
        assert told[""] == told["Oak"]
        assert told[""][1] == 33


def test_a_class_is_one_however_it_is_spelled(tally: Keep, person: Person) -> None:
    first = tally(class_label="Room 77")
    for label in ("room 77", "Room77", " ROOM  77 "):
        assert tally(class_label=label, counts={"walk": 9}).pk == first.pk
    assert ClassTally.objects.get().class_label == "Room 77"
    other = tally(class_label="room77", day=date(2012, 5, 9))
    assert other.class_label == "Room 77"
    assert len(queries.class_counts(queries.all_tallies())) == 1
    assert tally(class_label="Grade 5 2").pk != tally(class_label="Grade 52").pk


def test_a_corrected_tally_moves_with_its_class_day_and_way(tally: Keep, oak: Campus) -> None:
    first = tally(class_label="B o")
    for given in (
        {"class_label": "Room 99"},
        {"day": date(2012, 5, 9)},
        {"direction": "departure"},
    ):
        moved = tally(tally_id=first.pk, **given)
        assert (moved.pk, ClassTally.objects.count()) == (first.pk, 1)
        for name, value in given.items():
            assert getattr(moved, name) == value
    assert ClassTally.objects.get().weekday == ClassTally.objects.get().day.weekday()


def test_a_tally_in_the_way_of_a_corrected_one_is_asked_about(tally: Keep) -> None:
    stands, wrong = tally(class_label="Room 1"), tally(class_label="Room 2", counts={"walk": 3})
    with pytest.raises(actions.RouteRefused, match=r"Room 1 .* stands already, with 22 hands") as refused:
        tally(tally_id=wrong.pk, class_label="room1", counts={"walk": 3})
    assert refused.value.field == "replace"
    assert ClassTally.objects.count() == 2
    moved = tally(tally_id=wrong.pk, class_label="room1", counts={"walk": 3}, replace=True)
    assert moved.pk == wrong.pk
    assert not ClassTally.objects.filter(pk=stands.pk).exists()
    assert Event.objects.filter(action="routes.tally_removed").count() == 1


def test_days_of_tallies_and_forms_reach_ten_school_years_back(
    tally: Keep, oak: Campus, person: Person, at: datetime
) -> None:
    assert tally(day=date(2002, 9, 4)).day == date(2002, 9, 4)
    for day in (date(2002, 6, 27), date(1990, 9, 5)):
        with pytest.raises(actions.RouteRefused, match="from July 1, 2002 on") as refused:
            tally(day=day)
        assert refused.value.field == "day"
        with pytest.raises(actions.RouteRefused, match="from July 1, 2002 on"):
            _form(oak, person, at, day=day)


def test_no_tally_on_a_day_without_school(tally: Keep, oak: Campus, elm: Campus) -> None:
    for day in (date(2012, 7, 4), date(2012, 7, 10), date(2011, 11, 24)):
        with pytest.raises(actions.RouteRefused, match=r"is a holiday or in July.*bring in that calendar"):
            tally(day=day)
    put_non_school_day(campus=oak, day=date(2012, 5, 9), reason="A test.")
    with pytest.raises(actions.RouteRefused, match=r"Wednesday, May 9, 2012 was no school day") as refused:
        tally(day=date(2012, 5, 9))
    assert refused.value.field == "day"
    assert tally(campus_id=elm.pk, day=date(2012, 5, 9)).pk
    # Whoever keeps a calendar of the year may teach in July.
    put_non_school_day(campus=None, day=date(2012, 8, 1), reason="A test.")
    assert tally(day=date(2012, 7, 10)).pk


def test_a_form_is_one_however_its_number_is_spelled(oak: Campus, person: Person, at: datetime) -> None:
    first = _form(oak, person, at, number="X-1")
    again = _form(oak, person, at, number="x-1", distance="one")
    assert (again.pk, again.number, ParentSurvey.objects.count()) == (first.pk, "X-1", 1)


def test_a_tally_set_aside_counts_no_more_and_can_be_corrected(
    tally: Keep, client_of: Callable[..., Any], at: datetime
) -> None:
    stands, aside = tally(class_label="Room 1"), tally(class_label="Room 2")
    ClassTally.objects.filter(pk=aside.pk).update(class_label="room 1", class_key=None)
    assert [one.trips for one in queries.class_counts(queries.all_tallies())] == [stands.trips]
    client = client_of("safe_routes")
    assert "Set aside" in client.get(f"/routes/tallies/{aside.pk}/").content.decode()
    assert "room 1 (not counted)" in client.get("/routes/tallies/").content.decode()
    found = counted_once(at)
    assert found.status == "warn"
    assert "1 record set aside" in found.found
    tally(tally_id=aside.pk, class_label="Room 3")
    assert counted_once(at).status == "ok"


def test_what_was_kept_under_two_spellings_counts_once(
    tally: Keep, oak: Campus, person: Person, at: datetime
) -> None:
    """The later written has the key, the other none."""
    earlier, later = tally(class_label="Room 77"), tally(class_label="Room 78")
    ClassTally.objects.update(class_key=None)
    ClassTally.objects.filter(pk=later.pk).update(class_label="room77", recorded_at=at + timedelta(minutes=1))
    forms = [_form(oak, person, at, number=number) for number in ("X-1", "X-2")]
    ParentSurvey.objects.update(number_key=None)
    ParentSurvey.objects.filter(pk=forms[1].pk).update(number="x-1")
    import_module("schoolward.domains.routes.migrations.0006_one_class_one_key").fill(apps, None)
    assert dict(ClassTally.objects.values_list("pk", "class_key")) == {earlier.pk: None, later.pk: "room77"}
    assert dict(ParentSurvey.objects.values_list("number", "number_key")) == {"X-1": None, "x-1": "x-1"}
