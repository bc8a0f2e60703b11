"""Rows of worked examples made into applications, awards and their entries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schoolward.domains.grants.actions import keep_sums
from schoolward.domains.grants.models import (
    Application,
    Award,
    BudgetLine,
    Choice,
    Entry,
    Opportunity,
    Outcome,
    Purpose,
)

_THEN = {"at": datetime(2012, 9, 6, 19, tzinfo=UTC), "by_name": "example"}


def build_applications(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One application a row, with its outcome and the day of the funder's answer."""
    made = {}
    for number, row in enumerate(rows, start=1):
        opportunity = Opportunity.objects.create(
            key=f"example-{number}",
            title=row["application"],
            funder_name="Example",
            closes=date(2012, 1, 31),
            choice=Choice.GO,
            choice_reason="Example",
            chosen_on=date(2011, 12, 1),
        )
        decided = date.fromisoformat(row["answered"]) if row["answered"] else None
        made[row["application"]] = Application.objects.create(
            opportunity=opportunity,
            requested_cents=100,
            outcome=row["outcome"],
            submitted_on=None if row["outcome"] == Outcome.DRAFTING else decided or date(2012, 1, 15),
            decided_on=decided,
        )
    return made


def build_awards(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One award a row: its period, its dollars, what is spent of it and what is matched."""
    return {row["award"]: _award(row, number) for number, row in enumerate(rows, start=1)}


def _award(row: dict[str, str], number: int) -> Award:
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    award = Award.objects.create(
        key=f"example-{number}",
        title=row["award"],
        funder_name="Example",
        amount_cents=_cents(row["dollars"]),
        awarded_on=start,
        start=start,
        end=end,
        match_percent=row.get("match %") or 0,
    )
    line = BudgetLine.objects.create(award=award, code="1", title="All", category="other")
    made = [_entry(award, line, "budget", row["dollars"], start)]
    if row.get("spent"):
        made.append(_entry(award, line, "expenditure", row["spent"], start))
    if row.get("matched"):
        made.append(_entry(award, None, "match", row["matched"], start))
    keep_sums(made)
    return award


def build_expenditures(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One expenditure a row, of which some dollars have a purpose."""
    award = _award({"award": "Example", "start": "2011-10-01", "end": "2013-09-30", "dollars": "10000"}, 1)
    line, made = award.lines.get(), {}
    for row in rows:
        entry = _entry(award, line, "expenditure", row["spent"], date.fromisoformat(row["on"]))
        keep_sums([entry])
        if row["for a purpose"]:
            Purpose.objects.create(
                entry=entry,
                kind="work",
                target="work.WorkItem:1",
                title="Example",
                amount_cents=_cents(row["for a purpose"]),
                **_THEN,
            )
        made[row["expenditure"]] = entry
    return made


def match_of(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Like :func:`build_awards`, but each row stands for its award's match."""
    awards = build_awards(rows)
    matched = {entry.award_id: entry for entry in Entry.objects.filter(kind="match")}
    return {name: matched[award.pk] for name, award in awards.items() if award.pk in matched}


def _entry(award: Award, line: BudgetLine | None, kind: str, dollars: str, on: date) -> Entry:
    return Entry.objects.create(
        award=award,
        line=line,
        kind=kind,
        amount_cents=_cents(dollars),
        on=on,
        incurred_on=on,
        description="Example",
        match_kind="cash" if kind == "match" else "",
        **_THEN,
    )


def _cents(dollars: str) -> int:
    return int(dollars) * 100


def spend(target: str, spent: list[tuple[date, str]]) -> list[Purpose]:
    """Spend dollars of one award on these days, all of them for one thing; the links to it."""
    award = _award({"award": "Example", "start": "2011-10-01", "end": "2013-09-30", "dollars": "100000"}, 1)
    line, made = award.lines.get(), []
    for on, dollars in spent:
        entry = _entry(award, line, "expenditure", dollars, on)
        keep_sums([entry])
        made.append(
            Purpose.objects.create(
                entry=entry,
                kind="initiative",
                target=target,
                title="Example",
                amount_cents=_cents(dollars),
                **_THEN,
            )
        )
    return made
