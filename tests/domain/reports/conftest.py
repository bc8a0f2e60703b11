"""A small report over measures whose records the tests make themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Rows, measure
from schoolward.reports import registry
from schoolward.reports.board_summary.report import BOARD_SUMMARY
from schoolward.reports.models import Edition
from schoolward.reports.registry import ReportKind, SectionKind

AS_OF = date(2012, 9, 6)


def _people(period: Period, scope: Scope) -> Rows:
    found = Account.objects.filter(email__startswith="counted")
    if period.start:
        found = found.filter(created_at__date__gte=period.start)
    if period.end:
        found = found.filter(created_at__date__lte=period.end)
    if scope.campus_id is not None:
        found = found.filter(name=f"campus {scope.campus_id}")
    return Rows(found)


def _share(period: Period, scope: Scope) -> Rows:
    everybody = Account.objects.filter(email__startswith="counted")
    return Rows(everybody.filter(is_staff=True), everybody, factor=100)


def _nothing(period: Period, scope: Scope) -> Rows:
    return Rows(Account.objects.none(), collected=False, note="No survey has been held yet.")


@pytest.fixture(autouse=True)
def _measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures over accounts: plain, of students, a share, and one without records."""
    monkeypatch.setattr(measures, "_measures", dict(measures._measures))
    common = {
        "owner": "test",
        "record_class": "public",
        "definition": "…",
        "numerator": "…",
        "denominator": "",
    }
    measure(key="test.events", title="Events", unit="events", **common)(_people)
    measure(key="test.students", title="Students", unit="students", minimum_count=11, **common)(_people)
    measure(key="test.share", title="Share", unit="percent", **common)(_share)
    measure(key="test.survey", title="Survey", unit="answers", **common)(_nothing)


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ReportKind:
    """A report of two sections; it is printed by the board summary's page."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "results.md").write_text("We counted [[test.events period=to-date]] events.\n")
    (tmp_path / "text" / "recommendation.md").write_text("Receive the report.\n")
    (tmp_path / "page.typ").write_bytes((BOARD_SUMMARY.folder / "page.typ").read_bytes())
    made = ReportKind(
        key="small",
        title="Small report",
        folder=tmp_path,
        sections=(
            SectionKind("recommendation", "Recommendation", on_form=True),
            SectionKind("results", "Results", "I"),
        ),
        blocks={},
        form=BOARD_SUMMARY.form,
        item_types=BOARD_SUMMARY.item_types,
    )
    monkeypatch.setattr(registry, "_reports", {**registry._reports, "small": made})
    return made


@pytest.fixture
def counted(at: datetime) -> Callable[..., list[Account]]:
    """Make counted accounts: ``counted(12)``, ``counted(3, campus=7, on=date(2011, 9, 1))``."""
    made: list[int] = []

    def make(count: int, *, campus: int = 1, on: date = AS_OF, staff: int = 0) -> list[Account]:
        accounts = [
            Account(
                email=f"counted{len(made) + number}@example.org",
                name=f"campus {campus}",
                created_at=datetime.combine(on, at.timetz()),
                is_staff=number < staff,
            )
            for number in range(count)
        ]
        made.extend(range(count))
        return Account.objects.bulk_create(accounts)

    return make


@pytest.fixture
def person() -> Callable[..., Viewer]:
    """Different people: ``person(7, "trustee")``."""

    def make(account_id: int, role: str = Role.ACCOUNTABILITY) -> Viewer:
        at = datetime.fromisoformat("2012-09-06T19:00:00+00:00")
        return Viewer(account_id, f"Person {account_id}", 1, 1, "district", role, None, "school_safety", at)

    return make


@pytest.fixture
def draft(kind: ReportKind, person: Callable[..., Viewer], at: datetime) -> Callable[..., Edition]:
    """Start an edition, with the results section's text if one is given."""
    from schoolward.reports.actions import draft_edition, edit_section

    def make(text: str | None = None, *, as_of: date = AS_OF) -> Edition:
        edition = draft_edition(report="small", as_of=as_of, by=person(1, Role.LEAD), at=at)
        if text is not None:
            version = edition.sections.get(key="results").version
            edit_section(
                edition=edition, key="results", body=text, version=version, by=person(1, Role.LEAD), at=at
            )
        return edition

    return make


@pytest.fixture
def approved(
    draft: Callable[..., Edition], person: Callable[..., Viewer], at: datetime
) -> Callable[..., Edition]:
    """An edition that the second person has approved, after signing for what could not be judged."""
    from schoolward.reports.actions import approve, sign_unjudged, submit
    from schoolward.reports.checks import unsigned_unjudged

    def make(text: str | None = None, *, as_of: date = AS_OF, signed: bool = True) -> Edition:
        edition = submit(edition=draft(text, as_of=as_of), by=person(1, Role.LEAD), at=at)
        if signed and unsigned_unjudged(list(edition.cells.all())):
            sign_unjudged(edition=edition, reason="Counted by hand.", by=person(2), at=at)
        return approve(edition=edition, by=person(2), at=at)

    return make
