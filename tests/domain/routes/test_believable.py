"""What cannot be on the way to a school, or on a school's day, is refused with what to mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.routes.conftest import Person

from schoolward.domains.places.actions.calendar import put_bell_times, put_non_school_day
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import Barrier, Crossing, GuardPost, WalkingBus
from schoolward.platform.exchange import registry
from schoolward.platform.exchange.registry import ImportContext

TUESDAY = date(2012, 5, 8)


@pytest.mark.parametrize(
    ("longitude", "latitude", "field", "words"),
    [
        (2.35, 48.85, "longitude", "miles from Oak; it may be at most 5 miles away. Check latitude"),
        (121.47, 38.53, "longitude", "Is the longitude without its minus"),
        (38.53, 121.47 - 90, "longitude", "Check latitude and longitude"),
        (-121.47, -38.53, "longitude", "Is the sign of the latitude wrong"),
        (-121.37, 38.53, "longitude", "5 miles from Oak"),
    ],
)
def test_a_barrier_far_from_its_site_is_refused_with_the_mend(
    barrier: Callable[..., Barrier], longitude: float, latitude: float, field: str, words: str
) -> None:
    with pytest.raises(actions.RouteRefused, match=words) as refused:
        barrier(longitude=longitude, latitude=latitude)
    assert refused.value.field == field
    assert not Barrier.objects.exists()


def test_a_place_at_another_site_names_that_site(
    barrier: Callable[..., Barrier], oak: Campus, elm: Campus
) -> None:
    Campus.objects.filter(pk=elm.pk).update(longitude=-121.30, latitude=38.60)
    with pytest.raises(actions.RouteRefused, match=r"miles from Oak; .* It is near Elm: is that the site"):
        barrier(longitude=-121.301, latitude=38.6)
    with pytest.raises(actions.RouteRefused, match="Is the longitude without its minus"):
        barrier(longitude=121.301, latitude=38.6)


def test_latitude_and_longitude_exchanged_are_told(
    barrier: Callable[..., Barrier], oak: Campus, elm: Campus
) -> None:
    Campus.objects.filter(pk=oak.pk).update(longitude=-72.5, latitude=41.8)
    with pytest.raises(actions.RouteRefused, match="Are latitude and longitude exchanged"):
        barrier(longitude=41.8, latitude=-72.5)


def test_a_site_without_a_place_asks_the_nearest_site(
    barrier: Callable[..., Barrier], oak: Campus, elm: Campus
) -> None:
    with pytest.raises(actions.RouteRefused, match=r"miles from Oak; .*without its minus"):
        barrier(campus_id=elm.pk, longitude=121.471)
    assert barrier(campus_id=elm.pk).pk
    Campus.objects.update(longitude=None, latitude=None)
    assert barrier(campus_id=elm.pk, longitude=2.35, latitude=48.85).pk  # nothing is known to hold it against


def test_a_barrier_is_not_moved_far_away(
    barrier: Callable[..., Barrier], person: Person, at: datetime
) -> None:
    one = barrier()
    by = person("safe_routes")
    with pytest.raises(actions.RouteRefused, match="without its minus"):
        actions.describe_barrier(barrier_id=one.pk, changes={"longitude": 121.47}, by=by, at=at)
    # What was kept long ago may still be described in words.
    Barrier.objects.filter(pk=one.pk).update(longitude=2.35)
    assert (
        actions.describe_barrier(barrier_id=one.pk, changes={"title": "Curb"}, by=by, at=at).title == "Curb"
    )


def test_page_api_and_import_refuse_what_is_far_away(
    client_of: Callable[..., Client], oak: Campus, crossing: Crossing, person: Person, at: datetime
) -> None:
    browser = client_of("safe_routes")
    far = {"campus_id": oak.pk, "place": "Oak and First", "longitude": 121.471, "latitude": 38.531}
    told = {**far, "kind": "crossing", "title": "No crosswalk", "owner": "city", "severity": "high"}
    page = browser.post(
        reverse("routes:barrier_new"), {**told, "time_of_day": "always", "found_on": "2012-05-08"}
    )
    assert page.status_code == 422
    assert "without its minus" in page.content.decode()
    api = browser.post("/api/v1/routes/barriers", told, content_type="application/json")
    assert (api.status_code, api.json()["detail"][:10]) == (422, "longitude:")
    walls = {"control": "none", "lanes": 2, "width_ft": 30.0}
    api = browser.post("/api/v1/routes/crossings", {**far, **walls}, content_type="application/json")
    assert (api.status_code, api.json()["detail"][:10]) == (422, "longitude:")
    text = (
        "reference,site,kind,title,place,longitude,latitude,owner,severity,time_of_day,found_on\n"
        "B-1,oak,crossing,No crosswalk,Oak and First,121.471,38.531,city,high,morning,2012-05-08\n"
    )
    report = _bring("route-barriers", text, person, at)
    (fault,) = report.rejected
    assert (fault.row, fault.column) == (2, "longitude")
    assert "without its minus" in fault.error
    text = "reference,site,place,longitude,latitude,control,lanes,width_ft\nX-9,oak,A,121.4,38.5,none,2,36\n"
    assert _bring("route-crossings", text, person, at).rejected[0].column == "longitude"
    assert not Barrier.objects.exists()
    assert Crossing.objects.count() == 1


def _bring(key: str, text: str, person: Person, at: datetime) -> Any:
    context = ImportContext(by=person("lead"), at=at)
    registry.get(key).run_stream(BytesIO(text.encode()), context)
    return context.report


PARK = ("Park", -121.48, 38.54, time(7, 35))
SCHOOL = ("School", -121.47, 38.53, time(7, 55))


@pytest.mark.parametrize(
    ("stops", "words"),
    [
        ([("Paris", 2.35, 48.85, time(7, 35)), SCHOOL], "Paris: .*miles from Oak"),
        ([("Park", 121.48, 38.54, time(7, 35)), SCHOOL], "Park: .*without its minus"),
        (
            [("Park", -121.48, 38.54, time(7, 54)), SCHOOL],
            "From Park to School .* in 1 minute:",
        ),
        ([("Park", -121.48, 38.54, time(7, 48)), SCHOOL], "in 7 minutes: faster than 4 miles an hour"),
        (
            [SCHOOL, ("Home", -121.474, 38.533, time(8, 15))],
            "is the school, but Home is 482 meters",
        ),
    ],
)
def test_stops_that_no_bus_can_walk(
    bus: WalkingBus, person: Person, at: datetime, stops: list[Any], words: str
) -> None:
    by = person("safe_routes")
    with pytest.raises(actions.RouteRefused, match=words) as refused:
        actions.set_stops(bus_id=bus.pk, stops=[actions.Stop(*stop) for stop in stops], by=by, at=at)
    assert refused.value.field == "stops"
    assert not bus.stops.exists()


def test_the_api_and_the_file_of_stops_say_which_stop(
    client_of: Callable[..., Client], bus: WalkingBus, person: Person, at: datetime
) -> None:
    names = ("place", "longitude", "latitude", "leaves_at")
    stops = [dict(zip(names, stop, strict=True)) for stop in (("Paris", 2.35, 48.85, "07:35"), SCHOOL)]
    sent = client_of("safe_routes").put(
        f"/api/v1/routes/buses/{bus.key}/stops", {"stops": stops}, content_type="application/json"
    )
    assert (sent.status_code, sent.json()["detail"][:13]) == (422, "stops: Paris:")
    text = (
        "bus,number,place,longitude,latitude,leaves_at\n"
        f"{bus.key},1,Paris,2.35,48.85,07:35\n{bus.key},2,School,-121.47,38.53,07:55\n"
    )
    report = _bring("bus-stops", text, person, at)
    assert report.rejected_rows == 2
    assert "Paris: " in report.rejected[0].error
    assert not bus.stops.exists()


def _count(crossing: Crossing, person: Person, at: datetime, **given: Any) -> Any:
    told: dict[str, Any] = {
        "crossing_id": crossing.pk, "day": TUESDAY, "begins": time(7, 30), "minutes": 60,
        "vehicles": 420, "pupils": 30, "by": person("safe_routes"), "at": at,
    }  # fmt: skip
    return actions.keep_count(**(told | given))


def _bells(**ends: time) -> None:
    """School from 08:15 to 14:45, or to what is given for a weekday: ``_bells(w2=...)`` for Wednesday."""
    for weekday in range(5):
        put_bell_times(
            campus=None,
            weekday=weekday,
            begins=time(8, 15),
            ends=ends.get(f"w{weekday}", time(14, 45)),
            valid_from=None,
            valid_to=None,
        )


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"day": date(2012, 9, 1)}, "day", "Saturday, September 1, 2012 was no school day"),
        ({"day": date(2012, 5, 9)}, "day", "was no school day"),
        ({"begins": time(23, 50)}, "begins", "06:45 to 08:45 or 14:15 to 16:15"),
        ({"begins": time(11, 0)}, "begins", "Count in one of them"),
        ({"begins": time(8, 45)}, "begins", "Count in one of them"),
        ({"begins": time(5, 45)}, "begins", "Count in one of them"),
    ],
)
def test_no_warrant_rests_on_other_days_and_hours(
    crossing: Crossing, person: Person, at: datetime, given: dict[str, Any], field: str, words: str
) -> None:
    _bells()
    put_non_school_day(campus=None, day=date(2012, 5, 9), reason="A test.")
    with pytest.raises(actions.RouteRefused, match=words) as refused:
        _count(crossing, person, at, **given)
    assert refused.value.field == field
    assert not crossing.counts.exists()
    for begins in (time(7, 30), time(14, 15)):
        assert _count(crossing, person, at, begins=begins).pk


def test_without_bell_times_any_hour_of_a_school_day_counts(
    crossing: Crossing, person: Person, at: datetime
) -> None:
    assert _count(crossing, person, at, begins=time(11, 0)).pk
    for given in ({"begins": time(23, 50)}, {"day": date(2012, 9, 1)}, {"day": date(2012, 9, 3)}):
        with pytest.raises(actions.RouteRefused):
            _count(crossing, person, at, **given)


def _post(crossing: Crossing, person: Person, at: datetime, **given: Any) -> GuardPost:
    by = person("safe_routes")
    post_id = given.pop("post_id", None)
    values: dict[str, Any] = {
        "morning_begins": time(7, 30), "morning_ends": time(8, 15), "afternoon_begins": None,
        "afternoon_ends": None, "guards": 1, "valid_from": date(2012, 8, 27), "valid_to": None, "note": "",
    }  # fmt: skip
    return actions.keep_post(
        crossing_id=crossing.pk,
        agency_id=by.agency_id or 0,
        values=values | given,
        by=by,
        at=at,
        post_id=post_id,
    )


def test_a_second_post_at_the_same_hours_is_refused(crossing: Crossing, person: Person, at: datetime) -> None:
    first = _post(crossing, person, at)
    with pytest.raises(actions.RouteRefused, match=rf"Post {first.reference} .*07:30 to 08:15") as refused:
        _post(crossing, person, at, morning_begins=time(8, 0), morning_ends=time(8, 30))
    assert refused.value.field == "morning_begins"
    assert _post(crossing, person, at, post_id=first.pk, guards=2).guards == 2
    later = {"morning_begins": time(8, 15), "morning_ends": time(8, 30)}
    assert _post(crossing, person, at, **later).pk
    _post(crossing, person, at, post_id=first.pk, valid_to=date(2012, 8, 31))
    assert _post(crossing, person, at, valid_from=date(2012, 9, 1)).pk


NIGHT = {"morning_begins": time(2, 0), "morning_ends": time(3, 0)}
NOON = {"afternoon_begins": time(12, 0), "afternoon_ends": time(12, 45)}


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        (NIGHT, "morning_begins", "Pupils come here from 06:45 to 08:45."),
        (
            {"morning_begins": time(14, 30), "morning_ends": time(15, 0)},
            "morning_begins",
            "06:45 to 08:45",
        ),
        (NOON, "afternoon_begins", "Pupils go from here from 14:15 to 16:15."),
        ({"valid_from": date(2012, 9, 1), "valid_to": date(2012, 9, 2)}, "valid_from", "No school day"),
    ],
)
def test_a_post_stands_while_pupils_come_or_go(
    crossing: Crossing, person: Person, at: datetime, given: dict[str, Any], field: str, words: str
) -> None:
    _bells()
    with pytest.raises(actions.RouteRefused, match=words) as refused:
        _post(crossing, person, at, **given)
    assert refused.value.field == field
    assert not crossing.posts.exists()
    assert _post(crossing, person, at, afternoon_begins=time(14, 40), afternoon_ends=time(15, 10)).pk


def test_a_short_day_has_its_own_hours(crossing: Crossing, person: Person, at: datetime) -> None:
    _bells(w2=time(12, 30))
    assert _post(crossing, person, at, **NOON).pk


def test_a_post_of_the_night_can_still_be_ended(crossing: Crossing, person: Person, at: datetime) -> None:
    with pytest.raises(actions.RouteRefused, match="05:30 to 17:30"):
        _post(crossing, person, at, **NIGHT)
    post = _post(crossing, person, at)
    GuardPost.objects.filter(pk=post.pk).update(**NIGHT)
    assert _post(crossing, person, at, post_id=post.pk, valid_to=date(2012, 8, 31), **NIGHT).valid_to


def test_page_api_and_import_refuse_a_post_of_the_night(
    client_of: Callable[..., Client], crossing: Crossing, person: Person, at: datetime
) -> None:
    browser, by = client_of("safe_routes"), person("safe_routes")
    told = {
        "agency": by.agency_id, "morning_begins": "02:00", "morning_ends": "03:00", "guards": 1,
        "valid_from": "2012-08-27",
    }  # fmt: skip
    page = browser.post(reverse("routes:post_new", args=[crossing.pk]), told)
    assert (page.status_code, "Pupils come here from 05:30" in page.content.decode()) == (422, True)
    sent = {"agency_id": told.pop("agency"), **told}
    url = f"/api/v1/routes/crossings/{crossing.pk}/posts"
    api = browser.post(url, sent, content_type="application/json")
    assert (api.status_code, "Pupils come here" in str(api.json())) == (422, True)
    text = (
        "reference,crossing,agency,morning_begins,morning_ends,guards,valid_from\n"
        "G-1,X-1,city,02:00,03:00,1,2012-08-27\n"
    )
    (fault,) = _bring("guard-posts", text, person, at).rejected
    assert (fault.row, fault.column) == (2, "morning_begins")
    assert not GuardPost.objects.exists()
