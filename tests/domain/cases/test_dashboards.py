"""Dashboards of programs: figures are the registry's by program, small ones and their company withheld."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.conf import LazySettings
from django.test import Client

from domain.cases.test_performance import KEY, TODAY, _served
from schoolward.domains.cases.examples import build_referrals
from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.queries.dashboard_figures import heads_by_step, years
from schoolward.domains.cases.queries.dashboards import dashboard, overview
from schoolward.domains.programs.models import Program, Provider, Session
from schoolward.platform.access.models import Agency
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Part, open_part, read
from schoolward.platform.measures.registry import all_measures

pytestmark = pytest.mark.django_db
LAST_YEAR = Period(date(2011, 7, 1), date(2012, 6, 30), date(2012, 6, 30))
THEN = datetime(2010, 9, 1, tzinfo=UTC)


def _program(key: str, kind: str = "team", agency: str = "community") -> Program:
    found, _made = Agency.objects.get_or_create(
        key=agency, defaults={"name": agency.title(), "kind": agency, "created_at": THEN}
    )
    provider, _made = Provider.objects.get_or_create(
        key=f"of-{agency}", defaults={"name": f"Of {agency}", "agency": found}
    )
    return Program.objects.get_or_create(
        key=key, defaults={"title": key, "kind": kind, "provider": provider}
    )[0]


def _sessions(program: Program, heads: dict[date, int], *, expected: int = 40) -> None:
    """One offering over two school years, with a session a day that was held with so many heads."""
    offering = program.offerings.create(
        number=program.offerings.count() + 1,
        starts_on=date(2011, 7, 1),
        ends_on=date(2013, 6, 30),
        place="A place",
        seats=40,
        registered=30,
    )
    for number, (on, came) in enumerate(sorted(heads.items()), 1):
        Session.objects.create(
            offering=offering,
            number=number,
            on=on,
            minutes_planned=45,
            minutes_held=45,
            state="held",
            attended=came,
            expected=expected,
        )


def _numerator(key: str, program: str, period: Period = LAST_YEAR) -> float | None:
    return read(key, period, Scope(program=program)).numerator


def test_programs_add_up_to_the_whole_and_open_their_own_records() -> None:
    for name, came in (("rugby", 20), ("running", 30)):
        _sessions(_program(name), {date(2011, 10, 3): came, date(2012, 2, 6): came + 1})
    whole = read("programs.dosage", LAST_YEAR).numerator
    assert (_numerator("programs.dosage", "rugby"), _numerator("programs.dosage", "running")) == (41, 61)
    assert whole == 102
    opened = open_part("programs.dosage", LAST_YEAR, Scope(program="rugby"), Part.NUMERATOR)
    assert (opened.records, set(opened.behind.values_list("offering__program__key", flat=True))) == (
        2,
        {"rugby"},
    )


def test_a_few_at_one_program_are_not_had_by_subtraction() -> None:
    """A program with five heads is withheld, and another with it: else the whole less the rest were five."""
    for name, came in (("small", 5), ("middle", 20), ("large", 60)):
        _sessions(_program(name), {date(2011, 10, 3): came}, expected=60)
    assert read("programs.dosage", LAST_YEAR).numerator == 85
    told = {name: _numerator("programs.dosage", name) for name in ("small", "middle", "large")}
    assert told["small"] is None
    assert sum(value is None for value in told.values()) >= 2


def _said_nothing(count: int, program: Program) -> None:
    """So many families that were reached in time and have not said yes."""
    row = {"referral": "Asked", "times": str(count), "referred": "2011-10-03", "contacted": "2011-10-04"}
    row |= dict.fromkeys(("consented", "started", "ended", "reason"), "")
    made = build_referrals([row]).values()
    with within(Viewer.system(at=THEN)):
        Referral.objects.filter(pk__in=[one.pk for one in made]).update(program=program)


def test_the_others_of_a_share_are_not_had_by_subtraction() -> None:
    """Of one program three families did not say yes: it is withheld, and not alone."""
    for name, yes, others in (("one", 30, 3), ("two", 30, 12), ("three", 20, 0)):
        program = _program(name, "case")
        _served(yes, started=date(2011, 10, 3), program=program)
        if others:
            _said_nothing(others, program)
    whole = read("cases.consented", LAST_YEAR)
    assert (whole.numerator, whole.denominator) == (80, 95)
    told = {name: _numerator("cases.consented", name) for name in ("one", "two", "three")}
    assert told["one"] is None
    assert sum(value is None for value in told.values()) >= 2


def test_a_measure_that_knows_no_program_tells_none() -> None:
    _program("rugby")
    for measure in all_measures():
        if not measure.by_program and measure.minimum_count:
            reading = read(measure.key, LAST_YEAR, Scope(program="rugby"))
            assert (reading.value, reading.collected) == (None, False), measure.key
    with pytest.raises(ValueError, match="of both at once"):
        Scope(1, program="rugby")


def test_heads_stand_together_until_they_may_be_told() -> None:
    days = {date(2011, 9, 5): 6, date(2011, 10, 3): 7, date(2011, 11, 7): 20, date(2012, 3, 5): 4}
    _sessions(_program("rugby"), days, expected=20)
    _sessions(_program("other"), dict.fromkeys(days, 30))
    _sessions(_program("third"), dict.fromkeys(days, 25))
    steps = heads_by_step("team", "rugby", years(TODAY))
    assert all(step.heads == 0 or step.heads >= 11 for step in steps)
    assert sum(step.heads for step in steps) in (13, 33)
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(steps))


def test_who_sees_which_program(person: Callable[..., Viewer]) -> None:
    _program("rugby")
    _program("clinic", agency="county")
    for role in ("program_coordinator", "accountability", "lead"):
        assert {one.program.key for one in overview(person(role), TODAY)} == {"rugby", "clinic"}, role
    provider = person("provider", "community")
    assert {one.program.key for one in overview(provider, TODAY)} == {"rugby"}
    assert dashboard(provider, "clinic", TODAY) is None
    for role in ("trustee", "site_lead", "school_resource_officer"):
        with pytest.raises(AccessDenied):
            overview(person(role), TODAY)


def test_page_file_api_and_trace_say_the_same(
    client_of: Callable[..., Client], settings: LazySettings
) -> None:
    settings.DEMO = True
    _sessions(_program("rugby"), {date(2011, 10, 3): 20, date(2012, 2, 6): 21})
    _sessions(_program("running"), {date(2011, 10, 3): 30})
    client = client_of("accountability")
    assert client.get("/dashboards/").status_code == 200
    page = client.get("/dashboards/rugby/").content.decode()
    assert "41 of 80" in page
    rows = list(
        csv.DictReader(
            io.StringIO(
                b"".join(client.get("/dashboards/rugby/?export=csv").streaming_content).decode("utf-8-sig")
            )
        )
    )  # type: ignore[attr-defined]
    told = client.get("/api/v1/cases/dashboards/rugby").json()
    assert [row["measure"] for row in rows] == [one["measure"] for one in told["figures"]]
    dosage = next(one for one in told["figures"] if one["measure"] == "programs.dosage" and one["value"])
    assert (dosage["numerator"], dosage["denominator"]) == (41, 80)
    trace = client.get(dosage["records"]).content.decode()
    assert trace.count("programs.Session:") == 2
    assert client_of("provider", "county").get(dosage["records"]).status_code == 403
    assert client_of("trustee").get("/trace/programs.dosage?program=rugby").status_code == 403
    assert client.get("/trace/programs.dosage?program=nothing").status_code == 400
    assert client.get("/dashboards/nothing/").status_code == 404
    months = told["heads"]
    assert [one["heads"] for one in months if one["heads"]] == [20, 21]
    for one in months:
        behind = client.get(f"/dashboards/rugby/heads/?to={one['last']}").context["page"]
        assert sum(line.amount for line in behind.lines) == one["heads"]
    assert client.get("/dashboards/rugby/heads/?to=2012-02-15").status_code == 404


def test_what_is_late_opens_where_it_is_mended(
    client_of: Callable[..., Client], person: Callable[..., Viewer]
) -> None:
    program = _program("rugby")
    offering = program.offerings.create(
        number=1, starts_on=date(2012, 9, 1), ends_on=date(2012, 12, 1), place="A place"
    )
    for number, day in enumerate((3, 4), 1):
        Session.objects.create(offering=offering, number=number, on=date(2012, 9, day), minutes_planned=45)
    late = next(one.late for one in overview(person("lead"), TODAY) if one.program.key == "rugby")
    assert [one.text for one in late] == ["2 sessions are not reported"]
    page = client_of("lead").get(late[0].url).content.decode()
    assert page.count("programs.Session:") == 2


def test_nobody_is_named(client_of: Callable[..., Client], settings: LazySettings) -> None:
    settings.DEMO = True
    _served(20, started=date(2011, 10, 3))
    page = client_of("program_coordinator").get(f"/dashboards/{KEY}/").content.decode()
    assert "Invented Person" not in page
