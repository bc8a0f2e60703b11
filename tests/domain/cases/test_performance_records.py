"""Every figure of the performance table opens exactly the records that it was counted from."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from domain.cases.test_performance import KEY, LATER, TODAY, _served, give, performance
from schoolward.domains.cases.models import FollowUp, Referral, Service, Youth, of_referral
from schoolward.domains.cases.queries.performance_opened import OpenedLine, open_line
from schoolward.domains.programs.models import CapacityReport, Session
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.registry import Part
from schoolward.platform.ui.record_pages import all_records, record_page

SYSTEM = Viewer.system(at=datetime(2012, 9, 6, tzinfo=UTC))
pytestmark = pytest.mark.django_db


def _everything() -> None:
    """A half-year in which every measure of the table has a value that may be shown."""
    _served(12, started=date(2012, 5, 1))
    started = _served(13, started=date(2012, 8, 1))
    _served(14, started=date(2012, 5, 1), ended=date(2012, 8, 9))
    _served(11, started=date(2012, 7, 2), ended=date(2012, 8, 1), completed=False)
    _served(5, started=date(2012, 2, 1), ended=date(2012, 3, 1))  # out before the half-year
    out = _served(22, started=date(2012, 1, 5), ended=date(2012, 2, 1))
    program = started[0].program
    assert program is not None
    offering = program.offerings.create(
        number=1, starts_on=date(2012, 7, 1), ends_on=date(2012, 12, 1), place="A place"
    )
    for number, (on, heads) in enumerate(((date(2012, 8, 2), 12), (date(2012, 8, 9), 20)), 1):
        Session.objects.create(
            offering=offering,
            number=number,
            on=on,
            minutes_planned=45,
            minutes_held=45,
            state="held",
            attended=heads,
        )
    Session.objects.create(offering=offering, number=3, on=date(2012, 6, 2), minutes_planned=45)
    for on, places in ((date(2012, 3, 1), 10), (date(2012, 8, 1), 15)):
        CapacityReport.objects.create(
            program=program,
            unit="place",
            maximum=places,
            intake="open",
            on=on,
            at=SYSTEM.at,
            by_name="Somebody",
        )
    with within(SYSTEM):
        for one in started:
            Service.objects.create(**of_referral(one), offering=offering, planned=12, attended=9)
        for months in (6, 12):
            for number, one in enumerate(out):
                FollowUp.objects.create(
                    **of_referral(one, RecordClass.PROTECTED),
                    months=months,
                    full_on=date(2012, 8, 2),
                    found="yes" if number < 11 else "no",
                    source="police",
                    on=date(2012, 8, 3),
                )


def _opened(viewer: Viewer, code: str, program: str = KEY, part: Part = Part.NUMERATOR) -> OpenedLine:
    give()
    found = open_line(viewer, TODAY, LATER, program=program, code=code, part=part)
    assert found is not None
    return found


def _added(opened: OpenedLine) -> list[float]:
    assert opened.behind is not None
    lines = [line for _key, line in all_records(opened.behind, SYSTEM, adds=opened.adds)]
    return [line.amount for line in lines if line is not None and line.amount is not None]


COUNTS = ("served", "carried", "new", "exits")
SHARES = ("completed", "again_6", "again_12")


def test_each_count_opens_as_many_records_as_it_says(person: Callable[..., Viewer]) -> None:
    _everything()
    viewer = person("trustee")
    table = performance(viewer, TODAY, LATER)
    shown = [line for line in table.lines if line.value is not None]
    assert {line.code for line in shown} >= {*COUNTS, *SHARES, "stay", "hours", "dosage", "slots"}
    for line in shown:
        opened = _opened(viewer, line.code, line.program)
        if line.code in COUNTS or line.code == "agreements":
            assert opened.records == line.value, line.code
        if line.code in SHARES:
            against = _opened(viewer, line.code, line.program, Part.DENOMINATOR)
            assert (against.records, 100 * opened.records / against.records) == (line.of, line.value)


def test_each_sum_and_mean_is_that_of_its_records(person: Callable[..., Viewer]) -> None:
    _everything()
    viewer = person("trustee")
    lines = {line.code: line for line in performance(viewer, TODAY, LATER).lines if line.program == KEY}
    days = _added(_opened(viewer, "stay"))
    assert (sum(days) / len(days), len(days)) == (pytest.approx(lines["stay"].value), lines["stay"].of)
    assert sum(_added(_opened(viewer, "hours"))) == lines["hours"].value == (12 + 20) * 45 / 60
    assert sum(_added(_opened(viewer, "slots"))) == lines["slots"].value == 15
    came, planned = (sum(_added(_opened(viewer, "dosage", part=part))) for part in list(Part)[:2])
    assert (100 * came / planned, planned) == (lines["dosage"].value, lines["dosage"].of)


def test_a_hidden_figure_opens_nothing(
    person: Callable[..., Viewer], client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    _served(3, started=date(2012, 8, 1))
    for code in ("served", "new", "carried", "exits", "completed"):
        opened = _opened(person("trustee"), code)
        if opened.line.value is None:
            assert (opened.behind, opened.records) == (None, 0), code
    assert _opened(person("trustee"), "new").line.is_hidden
    client = client_of("program_coordinator")
    for module in ("views", "api"):
        monkeypatch.setattr(f"schoolward.domains.cases.{module}.performance.today", lambda _at: LATER)
    page = client.get(f"/cases/performance/new/?half=2012-07-01&program={KEY}").content.decode()
    assert "record" in page
    assert "cases.Referral:" not in page
    told = client.get(f"/api/v1/cases/performance/new/records?half=2012-08-01&program={KEY}").json()
    assert (told["records"], told["keys"]) == (None, [])


def test_who_answers_the_family_sees_the_record_and_others_only_how_many(
    person: Callable[..., Viewer],
) -> None:
    made = _served(12, started=date(2012, 8, 1))
    coordinator = person("program_coordinator", "example")
    colleague = person("program_coordinator", "example", who="another")
    for one in made:
        whose = {"coordinator": coordinator.account_id if one is made[0] else colleague.account_id}
        with within(SYSTEM):
            Youth.objects.filter(pk=one.youth_id).update(**whose)
            Referral.objects.filter(pk=one.pk).update(**whose)
    opened = _opened(coordinator, "served")
    assert opened.behind is not None
    own = record_page(opened.behind, coordinator, records=opened.records)
    assert [line.key for line in own.lines] == [f"cases.Referral:{made[0].pk}"]
    assert (own.records, own.not_seen) == (12, 11)
    others = record_page(opened.behind, person("trustee"), records=opened.records)
    assert (others.lines, others.not_seen) == ((), 12)
    with pytest.raises(AccessDenied):
        open_line(person("provider", "community"), TODAY, LATER, program=KEY, code="served")


def test_page_file_and_api_open_the_same(
    client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("views", "api"):  # the half-year is over
        monkeypatch.setattr(f"schoolward.domains.cases.{module}.performance.today", lambda _at: LATER)
    _everything()
    give()
    client = client_of("accountability")
    at = f"half=2012-07-01&program={KEY}"
    table = client.get("/cases/performance/?half=2012-07-01").content.decode()
    assert f"/cases/performance/hours/?half=2012-07-01&amp;program={KEY}" in table
    page = client.get(f"/cases/performance/hours/?{at}").content.decode()
    assert "The number is that of January 22, 2013" in page
    text = b"".join(client.get(f"/cases/performance/hours/records.csv?{at}").streaming_content)  # type: ignore[attr-defined]
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert sum(float(row["amount"]) for row in rows) == 24
    told = client.get(f"/api/v1/cases/performance/hours/records?{at}").json()
    assert [row["record"] for row in rows] == told["keys"]
    assert (told["records"], sum(told["amounts"]), told["figure"]["value"]) == (2, 24, 24)


@pytest.mark.parametrize(
    "address",
    ["nothing/", "served/?program=nothing", "served/?part=outstanding", "served/?part=x", "trained/"],
)
def test_a_figure_that_there_is_not_is_not_found(client_of: Callable[..., Client], address: str) -> None:
    assert client_of("trustee").get(f"/cases/performance/{address}").status_code == 404
