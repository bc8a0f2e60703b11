"""A number opens its records, for each viewer in the words that are theirs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from schoolward.platform.access.models import Agency
from schoolward.platform.audit.models import Event
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Measure, Rows
from schoolward.platform.ui import record_pages

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
Measured = Callable[[Measure], Measure]
KEY = "incidents.at_campus"
ASKED = "?from=2012-09-01&to=2012-09-06"


def _measure(key: str, rows: Callable[[Period, Scope], Rows], **fields: Any) -> Measure:
    words = {"title": "Agencies", "definition": "All agencies.", "unit": "agencies", "owner": "lead"}
    return Measure(
        **{**words, "record_class": "public", "numerator": "", "denominator": "", **fields},
        key=key,
        rows=rows,
    )


def test_the_number_its_definition_and_its_records_stand_on_one_page(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    page = client_of("lead").get(f"/trace/{KEY}{ASKED}")
    assert page.status_code == 200
    assert page.context["reading"].value == 3
    behind = {f"incidents.Incident:{records[label].pk}" for label in ("1", "2", "6")}
    assert {line.key for line in page.context["opened"].page.lines} == behind
    text = page.content.decode()
    assert "<strong>3</strong>" in text
    assert "version 1" in text
    assert f'href="/incidents/{records["1"].pk}/"' in text


def test_records_that_are_not_the_viewers_are_counted_and_not_shown(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    elsewhere = records["5"].campus or records["7"].campus
    client = client_of("site_lead", campuses=[elsewhere])
    page = client.get(f"/trace/{KEY}{ASKED}")
    assert (page.context["reading"].value, page.context["opened"].page.seen) == (3, 0)
    text = page.content.decode()
    assert "3 of them count here but are not yours to open." in text
    assert "/incidents/" not in text.partition("<main")[2]


def test_a_field_that_the_viewer_may_not_read_is_not_in_the_words(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    address = records["1"].address
    assert address in client_of("lead").get(f"/trace/{KEY}{ASKED}").content.decode()
    assert address not in client_of("trustee").get(f"/trace/{KEY}{ASKED}").content.decode()


def test_the_csv_names_every_record_and_describes_those_that_may_be_seen(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    north = records["1"].campus
    response = client_of("site_lead", campuses=[north]).get(f"/trace/incidents.total/records.csv{ASKED}")
    assert response["Content-Disposition"] == 'attachment; filename="incidents.total-records.csv"'
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert {row["record"] for row in rows} == {
        f"incidents.Incident:{records[label].pk}" for label in "123456"
    }
    hidden = {row["record"]: row["title"] == "not yours to open" for row in rows}
    for label in "123456":
        row = records[label]
        assert hidden[f"incidents.Incident:{row.pk}"] == (row.campus != north)
    assert Event.objects.filter(
        action="measures.records_exported", subject="measure:incidents.total"
    ).exists()


def test_pages_go_forth_and_back_over_every_record_once(
    client_of: ClientOf, records: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_pages, "PAGE", 2)
    client = client_of("lead")

    def opened(more: str = "") -> Any:
        return client.get(f"/trace/incidents.total{ASKED}{more}").context["opened"].page

    forth = [opened()]
    while forth[-1].after:
        forth.append(opened(f"&after={forth[-1].after}"))
    keys = [line.key for page in forth for line in page.lines]
    assert keys == [f"incidents.Incident:{pk}" for pk in sorted(records[label].pk for label in "123456")]
    back = [forth[-1]]
    while back[-1].before:
        back.append(opened(f"&before={back[-1].before}"))
    assert [page.lines for page in reversed(back)] == [page.lines for page in forth]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("?from=tomorrow", "“from” is “tomorrow”, which is no date. Write it like 2012-09-06."),
        ("?from=2012-09-07&to=2012-09-01", "Exchange the two dates."),
        ("?site=nowhere", "There is no site “nowhere”."),
        ("?after=ten", "“after” is “ten”, which is no record number."),
        ("?before=-1", "“before” is “-1”, which is no record number."),
    ],
)
def test_a_question_that_cannot_be_read_gets_400_and_the_mend(
    client_of: ClientOf, asked: str, sentence: str
) -> None:
    page = client_of("lead").get(f"/trace/{KEY}{asked}")
    assert page.status_code == 400
    assert sentence in page.content.decode()


def test_an_unknown_measure_is_not_found(client_of: ClientOf) -> None:
    assert client_of("lead").get("/trace/incidents.at_campsu").status_code == 404


def test_a_share_opens_what_it_is_held_against_and_what_is_outstanding(
    client_of: ClientOf, measured: Measured, at: datetime
) -> None:
    for number in range(1, 4):
        Agency.objects.create(key=f"a{number}", name=f"Agency {number}", kind="city", created_at=at)

    def rows(period: Period, scope: Scope) -> Rows:
        cities = Agency.objects.filter(kind="city")
        return Rows(numerator=cities.filter(key="a1"), denominator=cities, factor=100)

    measured(_measure("test.share", rows, numerator="The first", denominator="All cities"))
    client = client_of("lead")
    shown = {}
    for part in ("", "numerator", "denominator", "outstanding"):
        page = client.get("/trace/test.share", {"part": part})
        opened = page.context["opened"].page
        shown[part] = (opened.records, len(opened.lines))
        text = page.content.decode()
        assert all(f"part={other}" in text for other in ("numerator", "denominator", "outstanding"))
        export = client.get("/trace/test.share/records.csv", {"part": part})
        assert len(b"".join(export.streaming_content).splitlines()) == 1 + opened.records
    assert {part: records for part, (records, _lines) in shown.items()} == {
        "": 1,
        "numerator": 1,
        "denominator": 3,
        "outstanding": 2,
    }
    assert "part=outstanding" in client.get("/measures/test.share").content.decode()
    api = client.get("/api/v1/trace/test.share", {"part": "outstanding"}).json()
    assert (api["value"], len(api["records"])) == (pytest.approx(100 / 3), 2)


@pytest.mark.parametrize("address", [f"/trace/{KEY}", f"/trace/{KEY}/records.csv"])
@pytest.mark.parametrize(
    ("part", "sentence"),
    [("all", "Write one of: numerator, denominator, outstanding."), ("outstanding", "no records that are")],
)
def test_a_part_that_is_not_there_gets_400(
    client_of: ClientOf, address: str, part: str, sentence: str
) -> None:
    page = client_of("lead").get(address, {"part": part})
    assert page.status_code == 400
    assert sentence in page.content.decode()


def test_the_api_refuses_a_part_that_is_not_there(client_of: ClientOf) -> None:
    client = client_of("lead")
    for part in ("all", "outstanding"):
        assert client.get(f"/api/v1/trace/{KEY}", {"part": part}).status_code == 422


def test_a_suppressed_number_opens_no_records(client_of: ClientOf, measured: Measured) -> None:
    def rows(period: Period, scope: Scope) -> Rows:
        return Rows(numerator=Agency.objects.all())

    measured(_measure("test.students", rows, minimum_count=11))
    page = client_of("lead").get("/trace/test.students")
    assert page.status_code == 200
    assert page.context["opened"].page.lines == ()
    text = page.content.decode()
    assert "it is withheld, and its records with it" in text
    assert "access.Agency:" not in text
    export = client_of("lead").get("/trace/test.students/records.csv")
    assert b"".join(export.streaming_content) == b"record,title,detail,page\r\n"


def test_what_is_not_collected_says_so_and_never_zero(client_of: ClientOf, measured: Measured) -> None:
    def rows(period: Period, scope: Scope) -> Rows:
        return Rows(numerator=Agency.objects.none(), collected=False, missing="No agency has been entered.")

    measured(_measure("test.nothing", rows))
    text = client_of("lead").get("/trace/test.nothing").content.decode()
    assert "Not collected" in text
    assert "No agency has been entered." in text
    assert "<strong>0</strong>" not in text


def test_what_must_be_held_against_something_is_not_collected_while_there_is_nothing(
    client_of: ClientOf, measured: Measured
) -> None:
    def rows(period: Period, scope: Scope) -> Rows:
        nobody = Agency.objects.none()
        return Rows(nobody, denominator=nobody, needs_denominator=True, missing="No agency has been entered.")

    measured(_measure("test.share", rows))
    text = client_of("lead").get("/trace/test.share").content.decode()
    assert "Not collected" in text
    assert "No agency has been entered." in text


def test_a_measure_with_its_own_permission_is_closed_to_others(
    client_of: ClientOf, measured: Measured
) -> None:
    def rows(period: Period, scope: Scope) -> Rows:
        return Rows(numerator=Agency.objects.all())

    measured(_measure("test.closed", rows, permission="incidents.import"))
    assert client_of("lead").get("/trace/test.closed").status_code == 200
    assert client_of("trustee").get("/trace/test.closed").status_code == 403
    assert "test.closed" not in client_of("trustee").get("/measures").content.decode()


def test_nobody_known_is_sent_to_sign_in() -> None:
    assert Client().get(f"/trace/{KEY}").url == f"/accounts/login/?next=/trace/{KEY}"
