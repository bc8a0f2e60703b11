"""One record set, four copies: each shows what the table says, in every form, and not a word more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import parse_qsl, urlsplit

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.places.models import Campus, Enrolment
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.roles import HUMAN_ROLES, Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.files.store import path_of
from schoolward.reports.sheets.files import file_of
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.site_profile.choosing import copy_of
from schoolward.reports.site_profile.composing import RecordSet, compose
from schoolward.reports.site_profile.copies import COPIES, SHOWN, Copy
from schoolward.reports.site_profile.reading import check_copy, profile

from .conftest import DAY, Known

pytestmark = pytest.mark.django_db
Sign = Callable[..., Client]
SHORTEST = 5
"""Values of fewer characters, such as "3", stand everywhere by chance and prove nothing."""


@pytest.fixture
def records(known: Known, at: datetime) -> RecordSet:
    return compose(known.campus, DAY, at=at)


def words(text: str) -> str:
    """Without the breaks that lines, cells and hyphens make."""
    return "".join(text.split()).replace("\u00ad", "").replace("\u2010", "").replace("\u200b", "")


def parameters(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def status(client: Client, path: str) -> int:
    """The status of an answer, whose file is read to its end."""
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def pdf_words(content: bytes) -> str:
    return words(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def values(sheet: Sheet) -> set[str]:
    found = set()
    for part in sheet.parts:
        for row in part.rows:
            for value in row.values():
                found |= {words(str(value.raw)), words(value.shown)}
                if value.picture is not None:
                    found |= {value.picture.stored.sha256, words(value.picture.alt)}
    return found


def hidden_from(records: RecordSet, copy: Copy) -> set[str]:
    """Every value of the record set that the copy must not show, and that would be recognised."""
    everything = set()
    for other in Copy:
        everything |= values(copy_of(records, other))
    sheet = copy_of(records, copy)
    titles = {
        words(title) for part in sheet.parts for title in (part.title, *(c.title for c in part.columns))
    }
    allowed = values(sheet) | titles
    secret = {one for one in everything - allowed if len(one) >= SHORTEST}
    return {one for one in secret if not any(one in shown for shown in allowed)}


def test_everything_of_the_site_is_known_so_that_nothing_is_tested_in_vain(records: RecordSet) -> None:
    assert [part.key for part in records.parts if not part.rows] == []
    for copy in (Copy.PUBLIC, Copy.BOARD, Copy.POLICE):
        assert len(hidden_from(records, copy)) > 20, copy


def test_the_table_names_exactly_the_fields_that_are_composed(records: RecordSet) -> None:
    composed = {part.key: {column.key for column in part.columns} for part in records.parts}
    assert composed == {part: set(fields) for part, fields in SHOWN.items()}
    for part in records.parts:
        for row in part.rows:
            assert set(row) == composed[part.key], part.key


@pytest.mark.parametrize("copy", list(Copy))
def test_no_form_of_a_copy_holds_a_field_of_another(
    copy: Copy, records: RecordSet, known: Known, client_of: Sign
) -> None:
    secret = hidden_from(records, copy)
    sheet = copy_of(records, copy)
    client = client_of(Role.LEAD, agency_kind="police")
    page = client.get(f"/reports/site-profiles/oak/{copy}/?as_of={DAY}")
    assert page.status_code == 200
    shown = {
        "page": words(page.content.decode()),
        "pdf": pdf_words(file_of(sheet, "pdf")[1]),
        "csv": words(file_of(sheet, "csv")[1].decode()),
        "json": words(file_of(sheet, "json")[1].decode()),
        "api": words(client.get(f"/api/v1/reports/site-profiles/oak/{copy}?as_of={DAY}").content.decode()),
    }
    assert [(form, one) for form, text in shown.items() for one in secret if one in text] == []
    for form, text in shown.items():
        assert "Oak" in text, form


@pytest.mark.parametrize("copy", list(Copy))
def test_titles_of_hidden_parts_and_fields_are_not_there_either(copy: Copy, records: RecordSet) -> None:
    sheet = copy_of(records, copy)
    shown = {part.title for part in sheet.parts}
    hidden = {part.title for part in records.parts if not any(part.title in title for title in shown)}
    text = pdf_words(file_of(sheet, "pdf")[1])
    assert [title for title in hidden if words(title) in text] == []
    assert len(hidden) >= (0 if copy is Copy.CLOSED else 3)


def test_what_only_some_may_know(records: RecordSet) -> None:
    """The promises of the copies one by one, in the words of the test's own site."""
    told = {
        copy: words(json.dumps([file_of(copy_of(records, copy), "json")[1].decode()], ensure_ascii=False))
        for copy in Copy
    }

    def who_tells(text: str) -> set[Copy]:
        return {copy for copy, told_ in told.items() if words(text) in told_}

    inside, closed, police = {Copy.BOARD, Copy.CLOSED}, {Copy.CLOSED}, {Copy.POLICE}
    assert who_tells("1 Oak Street") == set(Copy)
    assert who_tells("412 in 2012/13") == set(Copy)
    assert who_tells("Savanna area") == inside
    assert who_tells("$987,654") == inside
    assert who_tells("$765,432") == inside
    assert who_tells("The quokka gate closes by itself.") == closed | police
    assert who_tells("Zebra gate") == closed | police
    assert who_tells("Outer ring layer") == closed | police
    assert who_tells("ocelot closer") == closed
    assert who_tells("Caracal caption") == closed
    assert who_tells("Inner ring layer") == closed | police
    assert who_tells("The puma lair") == police
    assert who_tells("Jackal panel") == police
    assert who_tells("Ibex corridor") == police
    assert who_tells("Kudu custodian") == police
    assert who_tells("Gnu city desk") == police
    assert who_tells("Walrus person") == set(), "who walked and who mended is told to nobody"
    assert who_tells("Bond of the wombats") == set()


def test_figures_are_right_and_open_their_records(records: RecordSet) -> None:
    parts = {part.key: part for part in records.parts}
    row = parts["recommendations"].rows[0]
    assert (row["accepted"].raw, row["verified"].raw, row["cost_cents"].raw) == (1, 1, 76_543_200)
    assert row["verified"].url.startswith("/trace/recommendations.completion?")
    assert "site=oak" in row["verified"].url
    severities = {row["severity"].shown: row for row in parts["by_severity"].rows}
    assert (severities["High"]["unresolved"].raw, severities["High"]["estimate_cents"].raw) == (1, 98_765_400)
    assert (severities["Urgent"]["resolved"].raw, severities["All"]["resolved"].raw) == (1, 1)
    risk = parts["risk_by_layer"].rows[0]
    assert (risk["highest"].raw, risk["band"].shown) == (504, "High")
    incidents = {row["kind"].shown: row for row in parts["incidents"].rows}
    assert incidents["Vandalism"]["total"].raw == 2
    assert incidents["Vandalism"]["h09"].raw == 2
    alarms = {row["kind"].shown: row for row in parts["alarms"].rows}
    assert (alarms["Burglary"]["total"].raw, alarms["Burglary"]["false"].raw) == (1, 1)
    assert alarms["Burglary"]["h00"].raw == 1


def test_collisions_are_those_of_the_sites_page_and_open_their_list(
    records: RecordSet, known: Known, client_of: Sign
) -> None:
    part = next(part for part in records.parts if part.key == "collisions")
    *years, five = part.rows
    assert [row["grave"].raw for row in years] == [0, 0, 0, 0, 0, 1]
    names = ("grave", "moving", "position_geocoded", "position_intersection", "position_reported")
    assert [five[name].raw for name in names] == [1, 3, 1, 1, 1]
    client = client_of(Role.LEAD)
    page = client.get(reverse("collisions:site", args=[known.campus.slug])).content.decode()
    assert "3 collisions on foot or by bike within 402 m" in page
    assert "killed or seriously injured: 1." in page
    for name in names:
        listed = client.get(five[name].url, {"export": "csv"} | parameters(five[name].url))
        rows = b"".join(listed.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert len(rows) - 1 == five[name].raw, name


def test_every_link_leads_somewhere(records: RecordSet, client_of: Sign) -> None:
    client = client_of(Role.LEAD, agency_kind="police")
    urls = {value.url for part in records.parts for row in part.rows for value in row.values() if value.url}
    assert len(urls) > 15
    assert {url: code for url in sorted(urls) if (code := status(client, url)) != 200} == {}


def test_it_stands_as_of_its_day(known: Known, at: datetime) -> None:
    before = {part.key: part for part in compose(known.campus, date(2012, 3, 10), at=at).parts}
    assert before["recommendations"].rows[0]["verified"].shown == "not collected"
    assert [row["state"].shown for row in before["findings"].rows] == ["To be decided", "To be decided"]
    earliest = {part.key: part for part in compose(known.campus, date(2012, 3, 1), at=at).parts}
    assert earliest["findings"].rows == ()
    assert earliest["plan"].rows == ()


def test_where_there_are_no_records_it_says_not_collected(campus: Campus, at: datetime) -> None:
    parts = {part.key: part for part in compose(campus, DAY, at=at).parts}
    for key in (
        "assessed",
        "areas",
        "risk_by_layer",
        "incidents",
        "alarms",
        "alarm_systems",
        "collisions",
        "plan",
    ):
        assert not parts[key].rows
        assert parts[key].missing.startswith("Not collected"), key
    assert parts["site"].rows[0]["students"].shown == "not collected"
    assert parts["recommendations"].rows[0]["share"].shown == "not collected"
    for copy in Copy:
        assert file_of(copy_of(compose(campus, DAY, at=at), copy), "pdf")[1].startswith(b"%PDF")


@pytest.mark.parametrize("copy", list(Copy))
def test_few_students_are_not_shown(copy: Copy, known: Known, at: datetime) -> None:
    Enrolment.objects.update(students=7)
    sheet = copy_of(compose(known.campus, DAY, at=at), copy)
    students = sheet.parts[0].rows[0]["students"]
    assert (students.raw, students.shown) == (None, "Fewer than 11, not shown")


@pytest.mark.parametrize("copy", list(Copy))
def test_each_page_of_the_pdf_names_the_copy_and_what_may_be_done_with_it(
    copy: Copy, records: RecordSet
) -> None:
    sheet = copy_of(records, copy)
    pages = pypdf.PdfReader(io.BytesIO(file_of(sheet, "pdf")[1])).pages
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        assert str(COPIES[copy].name) in text
        assert sheet.notice.upper() in text
        assert f"Page {number} of {len(pages)}" in text


def test_the_pdf_is_accessible(records: RecordSet) -> None:
    reader = pypdf.PdfReader(io.BytesIO(file_of(copy_of(records, Copy.CLOSED), "pdf")[1]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == "Site security profile: Oak"


def test_a_damaged_photograph_does_not_keep_the_paper_from_being_printed(
    records: RecordSet, known: Known
) -> None:
    stored = next(part for part in records.parts if part.key == "photographs").rows[0]["picture"].picture
    assert stored is not None
    path = path_of(stored.stored.sha256)
    content = path.read_bytes()
    for damaged in (content[:200] + b"broken" + content[206:], None):
        path.chmod(0o600)
        path.unlink() if damaged is None else path.write_bytes(damaged)
        text = pdf_words(file_of(copy_of(records, Copy.CLOSED), "pdf")[1])
        assert words("This picture cannot be printed") in text
        assert "Photographs" in text


def test_the_csv_tells_every_field_with_its_records(records: RecordSet) -> None:
    rows = list(csv.DictReader(io.StringIO(file_of(copy_of(records, Copy.BOARD), "csv")[1].decode())))
    verified = next(row for row in rows if (row["part"], row["field"]) == ("recommendations", "verified"))
    assert (verified["value"], verified["shown"]) == ("1", "1")
    assert verified["records"].startswith("http")
    assert ("sheet", "copy", "Board copy") in {(row["part"], row["field"], row["value"]) for row in rows}


READERS = {
    Copy.PUBLIC: set(HUMAN_ROLES),
    Copy.BOARD: {Role.TRUSTEE, Role.LEAD, Role.ACCOUNTABILITY, Role.FACILITIES},
    Copy.CLOSED: {Role.LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.TRUSTEE},
    Copy.POLICE: {Role.LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.ALARM_OPERATOR},
}


@pytest.mark.parametrize("copy", list(Copy))
def test_who_may_read_a_copy(copy: Copy, viewer: Callable[..., Viewer]) -> None:
    for role in HUMAN_ROLES:
        for kind in ("district", "police"):
            is_reader = role in READERS[copy]
            if copy is Copy.POLICE and kind != "police" and role != Role.LEAD:
                is_reader = False
            try:
                check_copy(viewer(role, agency_kind=kind), copy)
            except AccessDenied:
                assert not is_reader, (role, kind)
            else:
                assert is_reader, (role, kind)


@pytest.mark.parametrize("copy", list(Copy))
def test_pages_files_and_api_refuse_whoever_may_not(copy: Copy, campus: Campus, client_of: Sign) -> None:
    paths = (
        f"/reports/site-profiles/oak/{copy}/",
        f"/reports/site-profiles/oak/{copy}/pdf",
        f"/reports/site-profiles/oak/{copy}/json",
        f"/api/v1/reports/site-profiles/oak/{copy}",
        f"/api/v1/reports/site-profiles/oak/{copy}/files/csv",
    )
    provider = client_of(Role.PROVIDER)
    expected = 200 if copy is Copy.PUBLIC else 403
    assert [provider.get(path).status_code for path in paths] == [expected] * len(paths)


def test_a_copy_of_another_site_is_not_there(campus: Campus, client_of: Sign) -> None:
    other = Campus.objects.create(name="Elm", slug="elm", address="1 Elm Street", address_key="1 ELM ST")
    trustee = client_of(Role.TRUSTEE, campuses=[other])
    assert trustee.get("/reports/site-profiles/oak/public/").status_code == 200
    for copy in (Copy.BOARD, Copy.CLOSED):
        assert trustee.get(f"/reports/site-profiles/oak/{copy}/").status_code == 404
        assert trustee.get(f"/reports/site-profiles/elm/{copy}/").status_code == 200


@pytest.mark.parametrize("copy", list(Copy))
def test_each_reading_of_a_protected_copy_is_on_the_record(
    copy: Copy, known: Known, client_of: Sign, at: datetime
) -> None:
    client = client_of(Role.LEAD, agency_kind="police")
    for path in (
        f"/reports/site-profiles/oak/{copy}/",
        f"/reports/site-profiles/oak/{copy}/pdf",
        f"/api/v1/reports/site-profiles/oak/{copy}",
    ):
        assert client.get(path).status_code == 200
    profile(known.campus, copy, DAY, form="csv", by=Viewer.system(at=at))
    noted = [
        event.detail["form"] for event in Event.objects.filter(action="profiles.read").order_by("sequence")
    ]
    expected = ["page", "pdf", "api", "csv"] if copy in (Copy.CLOSED, Copy.POLICE) else []
    assert noted == expected
    for event in Event.objects.filter(action="profiles.read"):
        assert event.subject == f"places.Campus:{known.campus.pk}"
        assert event.detail["copy"] == copy


def test_a_photograph_is_for_the_closed_session_and_a_plan_for_the_police(
    known: Known, client_of: Sign
) -> None:
    photo, plan = f"/reports/site-profiles/oak/photos/{known.photo_id}/", "/reports/site-profiles/oak/plan/"
    officer = client_of(Role.SCHOOL_RESOURCE_OFFICER, agency_kind="police")
    assert [status(officer, path) for path in (photo, plan)] == [200, 200]
    trustee = client_of(Role.TRUSTEE)
    assert [status(trustee, path) for path in (photo, plan)] == [200, 403]
    operator = client_of(Role.ALARM_OPERATOR)
    assert [status(operator, path) for path in (photo, plan)] == [403, 403]
    facilities = client_of(Role.FACILITIES)
    assert [status(facilities, path) for path in (photo, plan)] == [403, 403]
    assert officer.get("/reports/site-profiles/oak/photos/999999/").status_code == 404
    assert Event.objects.filter(action="profiles.read").count() == 3


def test_a_day_that_is_none_is_one_sentence(campus: Campus, client_of: Sign) -> None:
    client = client_of(Role.LEAD)
    for day in ("2012-13-01", "2199-01-01"):
        answer = client.get(f"/reports/site-profiles/oak/public/?as_of={day}")
        assert answer.status_code == 422
        assert day in answer.content.decode()
    assert client.get("/api/v1/reports/site-profiles/oak/public?as_of=2199-01-01").status_code == 422
    assert client.get("/api/v1/reports/site-profiles/oak/secret").status_code == 404
    assert client.get("/api/v1/reports/site-profiles/nowhere/public").status_code == 404
    assert client.get("/api/v1/reports/site-profiles/00000000000001/public").status_code == 200


def test_the_list_offers_the_copies_that_one_may_read(campus: Campus, client_of: Sign) -> None:
    shown = client_of(Role.TRUSTEE).get("/reports/site-profiles/").content.decode()
    assert "/reports/site-profiles/oak/closed-session/" in shown
    assert "/reports/site-profiles/oak/police/" not in shown
    rows = client_of(Role.PROVIDER).get("/api/v1/reports/site-profiles").json()
    assert rows == [{"site": "oak", "name": "Oak", "copies": ["public"]}]


def test_the_panel_of_a_site_leads_to_its_papers(campus: Campus, client_of: Sign) -> None:
    shown = client_of(Role.FACILITIES).get(f"/reports/panel/{campus.pk}/").content.decode()
    assert "/reports/site-profiles/oak/board/" in shown
    assert "/reports/corrective-actions/?site=oak" in shown
    assert "closed-session" not in shown
