"""The letters and the board item of an approved plan: golden texts, rules, files, pages and addresses.

To accept a change of the texts: ``SCHOOLWARD_ACCEPT_GOLDEN=1 pytest`` with this file.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.funding import actions
from schoolward.domains.funding.models import Approval, Plan, Scenario, TransferNeed
from schoolward.domains.funding.papers import papers_of_plan
from schoolward.domains.grants import actions as grants
from schoolward.domains.grants.actions import NewEntry
from schoolward.domains.grants.models import Award, BudgetLine, Entry
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.reports.plan_papers.approved import Approved, NoSuchPaper, award_of
from schoolward.reports.plan_papers.approved import approved as approved_plan
from schoolward.reports.plan_papers.board_item import board_item
from schoolward.reports.plan_papers.files import plan_file
from schoolward.reports.plan_papers.letter import letter
from schoolward.reports.sheets.plain import sheet_text
from schoolward.reports.sheets.shape import Sheet, Value

from .standing import DAY, allocation

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "reports"
Computed = Callable[..., Scenario]
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    """Pages stand at September 6, 2012."""
    settings.DEMO = True  # type: ignore[attr-defined]


@pytest.fixture
def moving(computed: Computed, lead: Viewer, at: datetime) -> Approval:
    """The cameras are in, so that the line of locks needs money of the line of fitting."""
    scenario = computed("With the cameras", locked_in=("W-CAMERAS", "W-DOORS", "W-GATE"))
    return actions.approve(scenario_id=scenario.pk, by=lead, at=at)


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("SCHOOLWARD_ACCEPT_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def read(viewer: Viewer, approval: Approval) -> Approved:
    return approved_plan(viewer, DAY, pk=approval.pk)


def letter_of(viewer: Viewer, approval: Approval, key: str = "doors") -> Sheet:
    made = read(viewer, approval)
    return letter(made, award_of(made, key), by=viewer)


def part(sheet: Sheet, key: str) -> str:
    return next(
        " ".join(value.shown for row in one.rows for value in row.values())
        for one in sheet.parts
        if one.key == key
    )


def test_board_item_in_words(approved: Approval, computed: Computed, lead: Viewer) -> None:
    computed("Half of it", share_percent=50)
    told = sheet_text(board_item(read(lead, approved), by=lead))
    compare("plan-board-item.txt", told)
    # The paper is public: where a weak spot stays is not in it.
    left_out = told.partition("What is left out, and why")[2]
    assert "W-CAMERAS Cameras" in left_out
    assert "Elm" not in left_out


def test_nothing_to_ask_for_says_why(approved: Approval, lead: Viewer) -> None:
    sheet = letter_of(lead, approved)
    compare("plan-no-amendment.txt", sheet_text(sheet))
    assert sheet.title == "No amendment is needed"
    assert not any(one.key in ("transfers", "limit", "budget") for one in sheet.parts)


def test_transfers_that_stay_below_the_setting(moving: Approval, lead: Viewer) -> None:
    need = TransferNeed.objects.get()
    assert (need.from_line.code, need.to_line.code, need.amount_cents) == ("C", "E", 15_000_00)
    sheet = letter_of(lead, moving)
    assert sheet.title == "No amendment is needed"
    # A tenth of $200,000 and of the match of $66,666.67 beside it.
    assert "allows $26,666.66, which is 10 percent" in part(sheet, "limit")
    assert "it stays below by $11,666.66" in part(sheet, "limit")
    assert "28 CFR 66.30(c)(1)(ii)" in part(sheet, "request")
    assert "$150,000.00 $15,000.00 $165,000.00" in part(sheet, "budget")
    assert "no transfer needs" in part(board_item(read(lead, moving), by=lead), "fiscal").lower()


@pytest.fixture
def above(
    moving: Approval, award: Award, line: BudgetLine, fitting: BudgetLine, analyst: Viewer, at: datetime
) -> Approval:
    """Other money moved since: with the plan's own the setting of the award is passed."""
    grants.transfer(
        award_id=award.pk,
        from_line_id=line.pk,
        to_line_id=fitting.pk,
        amount_cents=20_000_00,
        reason="More fitting",
        by=analyst,
        at=at,
    )
    return moving


def test_a_letter_asks_where_a_rule_wants_approval(above: Approval, lead: Viewer) -> None:
    sheet = letter_of(lead, above)
    compare("plan-amendment-letter.txt", sheet_text(sheet))
    assert sheet.title == "Amendment letter"
    assert "above by $8,333.34" in part(sheet, "limit")
    assert "28 CFR 66.30(c)(1)(ii)" in part(sheet, "transfers")
    item = board_item(read(lead, above), by=lead)
    assert "as far as the funders approve it" in part(item, "recommendation")
    assert "$15,000.00 need the funders' approval" in part(item, "fiscal")


def test_what_was_moved_since_is_not_asked_for(
    moving: Approval, award: Award, line: BudgetLine, fitting: BudgetLine, analyst: Viewer, at: datetime
) -> None:
    grants.transfer(
        award_id=award.pk,
        from_line_id=fitting.pk,
        to_line_id=line.pk,
        amount_cents=15_000_00,
        reason="As planned",
        by=analyst,
        at=at,
    )
    sheet = letter_of(analyst, moving)
    assert "are entered in the ledger" in part(sheet, "request")
    assert "Entered since, or not needed any more." in part(sheet, "transfers")


def test_a_line_that_was_spent_empty(
    moving: Approval, fitting: BudgetLine, post: Callable[..., Entry]
) -> None:
    post("expenditure", 40_000_00, line_id=fitting.pk)
    by = Viewer.system(at=moving.at)
    assert "has less left than the plan counts on" in part(letter_of(by, moving), "request")


def test_award_that_is_nobodys_law(moving: Approval, award: Award, lead: Viewer) -> None:
    Award.objects.filter(pk=award.pk).update(funder="other", transfer_percent=None)
    told = part(letter_of(lead, moving), "limit")
    assert "Neither the award's terms nor the rule (agreement of the award) limit" in told
    assert part(letter_of(lead, moving), "award").endswith("no limit")


def test_the_board_item_prints_no_title_of_a_scenario(
    computed: Computed, plan: Plan, lead: Viewer, at: datetime
) -> None:
    """Titles name weak spots, and what nobody can carry out is no alternative."""
    computed("With Mend the gate", locked_in=("W-GATE",))
    everything = ("W-GATE", "W-DOORS", "W-LIGHTS", "W-CAMERAS")
    assert computed("All the doors", locked_in=everything).answer["objective"] is None
    made = actions.approve(scenario_id=computed("Without the yard").pk, by=lead, at=at)
    item = board_item(read(lead, made), by=lead)
    told = part(item, "alternatives")
    assert "Scenario 1 " in told
    assert "Scenario 2" not in told
    assert "Scenario 3 (approved)" in told
    for title in ("Mend the gate", "All the doors", "Without the yard", plan.title):
        assert title not in sheet_text(item)


def test_withdrawn_work_is_out_of_the_figures(approved: Approval, lead: Viewer, at: datetime) -> None:
    actions.withdraw(allocation_id=allocation("W-GATE").pk, reason="No bids came", by=lead, at=at)
    item = board_item(read(lead, approved), by=lead)
    assert "1 work was withdrawn since" in part(item, "background")
    assert part(item, "recommendation").startswith("Approve the use of $90,000.00 of grants for 2 works")
    assert "W-GATE" not in part(letter_of(lead, approved), "works")
    assert part(item, "plan").endswith("All – 2 $90,000.00 $30,000.00 706")  # noqa: RUF001 - a dash
    for reference in ("W-DOORS", "W-LIGHTS"):
        actions.withdraw(allocation_id=allocation(reference).pk, reason="No bids", by=lead, at=at)
    assert read(lead, approved).awards == []
    gone = board_item(read(lead, approved), by=lead)
    assert next(one.missing for one in gone.parts if one.key == "plan") == "Everything was withdrawn since."


def test_paid_before_is_not_new(
    computed: Computed,
    works: dict[str, WorkItem],
    award: Award,
    line: BudgetLine,
    lead: Viewer,
    analyst: Viewer,
    at: datetime,
) -> None:
    before = at - timedelta(days=1)
    new = NewEntry(
        award.pk, "expenditure", 100_00, on=date(2012, 9, 3), description="A lock", line_id=line.pk
    )
    entry = grants.post(new=new, by=analyst, at=before)
    grants.link_purpose(
        entry_id=entry.pk,
        kind="work",
        target=f"work.WorkItem:{works['cameras'].pk}",
        title="A lock",
        amount_cents=100_00,
        by=analyst,
        at=before,
    )
    made = actions.approve(scenario_id=computed().pk, by=lead, at=at)
    told = part(letter_of(lead, made), "scope")
    assert "for the first time: Oak." in told
    assert "for the first time: Lighting and electrical, Locks and doors." in told
    assert "“Award letter, page 3”" in told


def test_no_person_is_named(approved: Approval, lead: Viewer, analyst: Viewer) -> None:
    for sheet in (letter_of(lead, approved), board_item(read(lead, approved), by=lead)):
        said = sheet_text(sheet)
        assert lead.account_name not in said.split()
        assert analyst.account_name not in said.split()


def test_only_who_sees_plans_and_approvals(
    approved: Approval, person: Callable[..., Viewer], lead: Viewer
) -> None:
    with pytest.raises(AccessDenied):
        read(person("principal", 5, campus_ids=frozenset({1})), approved)
    with pytest.raises(NoSuchPaper):
        read(lead, Approval(pk=approved.pk + 1))
    with pytest.raises(NoSuchPaper):
        letter_of(lead, approved, "nothing")


def test_each_page_of_the_print_says_draft(approved: Approval, lead: Viewer) -> None:
    for sheet in (letter_of(lead, approved), board_item(read(lead, approved), by=lead)):
        name, content = plan_file(sheet, "pdf")
        assert name.endswith(f"-{DAY.isoformat()}.pdf")
        for page in pypdf.PdfReader(io.BytesIO(content)).pages:
            assert "Draft until signed" in page.extract_text()


def values_of(sheet: Sheet) -> list[Value]:
    found = [value for one in sheet.parts for row in one.rows for value in row.values()]
    return found + [piece for value in found for piece in value.pieces]


def test_every_number_of_the_item_opens_its_records(
    approved: Approval, computed: Computed, lead: Viewer, client_of: ClientOf
) -> None:
    values = values_of(board_item(read(lead, approved), by=lead))
    assert not [value for value in values if isinstance(value.raw, int | float) and not value.url]
    client = client_of("lead")
    for url in {value.url for value in values if value.url}:
        assert client.get(url).status_code == 200, url


def test_pages_and_files(approved: Approval, lead: Viewer, client_of: ClientOf) -> None:
    assert [str(label) for label, _url in papers_of_plan(approved, lead)] == [
        "Board item",
        "Amendment letters",
    ]
    client = client_of("trustee")
    for _label, url in papers_of_plan(approved, lead):
        assert url in client.get(reverse("funding:approval", args=[approved.pk])).content.decode()
        assert client.get(url).status_code == 200
    page = client.get(reverse("reports:plan_letters", args=[approved.pk])).content.decode()
    assert "Nothing has to be asked for" in page
    shown = client.get(reverse("reports:plan_letter", args=[approved.pk, "doors"])).content.decode()
    assert "No amendment is needed" in shown
    assert (
        f'{reverse("funding:approval", args=[approved.pk])}">$135,000.00</a> of this award for 3 works'
        in shown
    )
    address = reverse("reports:plan_letter_file", args=[approved.pk, "doors", "txt"])
    answer = client.get(address)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == sheet_text(letter_of(lead, approved))
    event = Event.objects.order_by("-sequence").first()
    assert event is not None
    assert event.action == "reports.plan_paper_exported"
    for name, args in (
        ("plan_letter_file", [approved.pk, "doors", "csv"]),
        ("plan_letter", [approved.pk, "nothing"]),
        ("plan_letters", [approved.pk + 1]),
        ("plan_board_item_file", [approved.pk, "docx"]),
    ):
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 404
    item = client.get(reverse("reports:plan_board_item_file", args=[approved.pk, "json"]))
    assert json.loads(item.content)["report"] == "board-item"


def test_over_http(approved: Approval, client_of: ClientOf) -> None:
    client, root = client_of("lead"), f"/api/v1/reports/funding-plans/{approved.plan_id}"
    assert [row["award"] for row in client.get(f"{root}/letters").json()] == ["doors"]
    assert client.get(f"{root}/letters/doors").json()["title"] == "No amendment is needed"
    assert client.get(f"{root}/board-item").json()["plan"] == str(approved.plan_id)
    assert client.get(f"{root}/board-item/files/pdf").content.startswith(b"%PDF")
    assert client.get(f"{root}/letters/doors/files/txt").content.startswith(b"NO AMENDMENT")
    for wrong in ("letters/nothing", "letters/doors/files/csv", "board-item/files/docx"):
        assert client.get(f"{root}/{wrong}").status_code == 404
    assert client.get("/api/v1/reports/funding-plans/999/letters").status_code == 404
