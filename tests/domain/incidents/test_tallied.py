"""A count that is kept is the count of the rows: for every measure, period, site and filter."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.db.models import F
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from schoolward.domains.incidents import tallied
from schoolward.domains.incidents.actions import (
    IncidentDraft,
    attribute_again,
    correct_incident,
    record_incident,
)
from schoolward.domains.incidents.filters import IncidentFilter
from schoolward.domains.incidents.models import Category, HourTally, MonthTally
from schoolward.domains.incidents.queries import (
    ALL_CRIMES,
    AT,
    NEAR,
    any_incidents,
    count_from_tallies,
    visible_incidents,
)
from schoolward.domains.places.queries import campuses
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.report import Report
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read, read_with_records, record_keys
from schoolward.platform.measures.registry import all_measures
from schoolward.platform.measures.together import together

Import = Callable[..., Report]
MEASURES = [measure.key for measure in all_measures() if measure.key.startswith("incidents.")]
KEPT = (
    "incidents.total",
    "incidents.crimes",
    "incidents.non_crime",
    "incidents.at_campus",
    "incidents.near_campus",
)
FIRST, DAYS = date(2011, 10, 20), 321  # ten months and a half, neither end at the turn of a month


def rows(rng: random.Random, count: int) -> str:
    """A file of records anywhere in the time, some at a site, some near one, some far away."""
    places = ("10 First Street,38.50,-121.50", "5 Side Way,38.502,-121.50", "9 Far Way,38.60,-121.40")
    lines = ["number,occurred_at,address,latitude,longitude,category"]
    for _row in range(count):
        day = FIRST + timedelta(days=rng.randrange(DAYS))
        when = f"{day} {rng.randrange(24):02}:{rng.randrange(60):02}"
        lines.append(f"N{rng.randrange(400)},{when},{rng.choice(places)},{rng.choice(Category.values)}")
    return "\n".join(lines) + "\n"


def periods(rng: random.Random, count: int) -> list[Period]:
    """Whole months, days within months, open beginnings, ends before and after the last record."""
    last = FIRST + timedelta(days=DAYS)
    found = [
        Period(None, last, last),
        Period(None, date(2012, 6, 30), date(2012, 6, 30)),
        Period(date(2011, 11, 1), date(2012, 6, 30), last),
        Period(date(2011, 7, 1), date(2013, 6, 30), date(2013, 6, 30)),
        Period(date(2011, 7, 1), date(2013, 6, 30), date(2012, 5, 17)),
        Period(date(2005, 1, 1), date(2005, 12, 31), last),
    ]
    for _period in range(count):
        begin = FIRST - timedelta(days=40) + timedelta(days=rng.randrange(DAYS))
        end = begin + timedelta(days=rng.randrange(400))
        found.append(Period(begin, end, max(begin, end - timedelta(days=rng.choice((0, 0, 9, 70))))))
    return found


@pytest.mark.django_db
def test_a_kept_count_is_the_count_of_the_records_after_every_write(
    schools: None, bring_in: Import, by: Viewer, at: datetime
) -> None:
    rng = random.Random(20120906)
    sites = [Scope(), *(Scope(campus.pk, campus.name) for campus in campuses())]
    draft = IncidentDraft(
        occurred_at=datetime(2012, 3, 3, 20, tzinfo=UTC),
        category="theft",
        campus_id=sites[1].campus_id,
        description="Bicycle",
    )
    seen = 0
    for _round in range(3):
        bring_in("incidents", rows(rng, 150))  # numbers that come again change their record
        made = record_incident(draft=draft, by=by, at=at)
        correct_incident(
            incident=made,
            draft=IncidentDraft(
                occurred_at=datetime(2012, 1, 31, 20, tzinfo=UTC),
                category=rng.choice(Category.values),
                campus_id=sites[2].campus_id,
                description="Door",
            ),
            by=by,
            at=at,
        )
        attribute_again(by=by, at=at)
        for period in periods(rng, 12):
            for scope, key in product(sites, MEASURES):
                kept, counted = read(key, period, scope), read_with_records(key, period, scope)[0]
                assert kept == counted, (key, period, scope)
                assert kept.records == (len(record_keys(key, period, scope)) if kept.collected else 0)
                seen += kept.records
            with together():  # answers that are shared are the same answers
                shared = {key: read(key, period) for key in MEASURES}
            assert shared == {key: read(key, period) for key in MEASURES}
    assert seen > 10_000


@pytest.mark.django_db
@pytest.mark.parametrize("key", KEPT)
def test_a_page_takes_the_kept_count_and_whoever_opens_it_counts_the_rows(
    schools: None, bring_in: Import, key: str
) -> None:
    bring_in("incidents", rows(random.Random(1), 200))
    year = Period(date(2011, 11, 1), date(2012, 6, 30), date(2012, 6, 30))
    right = read(key, year).records
    assert right > 0
    for kept in (HourTally, MonthTally):
        kept.objects.update(incidents=F("incidents") + 1)  # what no action does
    assert read(key, year).records > right
    assert read_with_records(key, year, Scope())[0].records == right


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["lead", "site_lead"])
def test_the_count_above_a_list_is_that_of_its_rows_for_every_filter(
    schools: None, bring_in: Import, viewer: Callable[..., Viewer], role: str
) -> None:
    bring_in("incidents", rows(random.Random(2), 300))
    north, south = campuses().order_by("name")
    looking = viewer("lead") if role == "lead" else viewer("site_lead", campus_ids={north.pk})
    assert any_incidents()
    seen = set()
    for category, campus, where, hours in product(
        ("", ALL_CRIMES, *Category.values), ("", north.pk, south.pk), ("", AT, NEAR), (False, True)
    ):
        asked = QueryDict(mutable=True)
        asked.update({"category": category, "campus": campus, "where": where, "hours": "on" if hours else ""})
        found = IncidentFilter(asked, queryset=visible_incidents(looking))
        assert found.is_valid()
        kept = count_from_tallies(
            looking, campus_id=campus or None, category=category, where=where, school_hours=hours
        )
        assert kept == found.qs.count() == len(found.qs), asked
        seen.add(kept)
    assert len(seen) > 10


@given(
    first=st.one_of(st.none(), st.dates(date(1999, 1, 1), date(2030, 1, 1))),
    days=st.integers(92, 1500),
)
def test_whole_months_and_their_edges_are_the_days_asked_for(first: date | None, days: int) -> None:
    last = (first or date(2012, 2, 20)) + timedelta(days=days)
    span = tallied.span_of(first, last)
    begin = span.first or date(1998, 1, 1)
    assert begin.day == 1
    assert (span.last + timedelta(days=1)).day == 1
    assert (span.first is None) is (first is None)
    counted: dict[date, int] = dict.fromkeys(_days(begin, span.last), 1)
    for edge in span.edges:
        assert (edge.last - edge.first).days < 16
        for day in _days(edge.first, edge.last):
            counted[day] = counted.get(day, 0) + edge.sign
    assert dict.fromkeys(_days(first or date(1998, 1, 1), last), 1) == {
        day: times for day, times in counted.items() if times
    }


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
