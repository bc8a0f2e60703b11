"""The tables of a letter: what moves, the lines before and after, the rules, and the works."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.assessments.wording import trade_label
from schoolward.domains.grants.queries import NONE, line_balances
from schoolward.domains.grants.wording import category_label, what_is_wrong
from schoolward.reports.plan_papers.approved import Approved
from schoolward.reports.plan_papers.asking import Asking, Judged
from schoolward.reports.plan_papers.told import approval_url, cents
from schoolward.reports.sheets.shape import Column, Part, Row
from schoolward.reports.sheets.values import absent, day, words


def transfers(made: Approved, award: Any, asked: Asking) -> Part | None:
    """Each transfer with its two lines, what of it is still to be moved, and what speaks against it."""
    if not asked.judged:
        return None
    columns = (
        Column("from", _("From line"), width="1.5"),
        Column("to", _("To line"), width="1.5"),
        Column("amount_cents", _("In the plan"), "right", "1.1"),
        Column("open_cents", _("Still to move"), "right", "1.1"),
        Column("approval", _("The funder's approval"), width="2.6"),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "from": words(one.now.need.from_line, reverse("grants:award", args=[award.key])),
            "to": words(one.now.need.to_line),
            "amount_cents": cents(one.now.need.amount_cents, approval_url(made)),
            "open_cents": cents(one.now.open, approval_url(made)),
            "approval": words(_said(one)),
        }
        for one in asked.judged
    )
    return Part("transfers", _("Transfers between lines"), columns, rows)


def _said(one: Judged) -> str:
    if not one.now.open:
        return _("Entered since, or not needed any more.")
    if not one.faults:
        return _("Not needed.")
    return " ".join(f"{what_is_wrong(fault)} ({fault.rule.citation})" for fault in one.faults)


def budget(award: Any, asked: Asking) -> Part | None:
    """The lines as they are budgeted now, what changes, and after it."""
    if not asked.open:
        return None
    change: dict[int, int] = defaultdict(int)
    for one in asked.judged:
        change[one.now.need.from_line_id] -= one.now.open
        change[one.now.need.to_line_id] += one.now.open
    balances, url = line_balances(award.pk), reverse("grants:award", args=[award.key])
    columns = (
        Column("line", _("Line"), width="2"),
        Column("category", _("Category"), width="1.3"),
        Column("budgeted_cents", _("Budgeted now"), "right", "1.1"),
        Column("change_cents", _("Change"), "right", "1.1"),
        Column("after_cents", _("Budgeted after"), "right", "1.1"),
    )
    rows: list[Row] = []
    for line in award.lines.all():
        now = balances.get(line.pk, NONE).budgeted
        rows.append(
            {
                "line": words(line),
                "category": words(category_label(line.category)),
                "budgeted_cents": cents(now, url),
                "change_cents": cents(change[line.pk], url),
                "after_cents": cents(now + change[line.pk], url),
            }
        )
    return Part("budget", _("The budget by line"), columns, tuple(rows))


def rules(asked: Asking) -> Part:
    """The rules that the award answers to, as they held on the day that it was made."""
    columns = (
        Column("says", _("What it says"), width="3"),
        Column("citation", _("Where it is written"), width="1.6"),
        Column("valid_from", _("In force from"), "day"),
        Column("valid_to", _("To"), "day"),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "says": words(rule.says),
            "citation": words(rule.citation),
            "valid_from": day(rule.valid_from),
            "valid_to": day(rule.valid_to),
        }
        for rule in asked.rules
    )
    note = _("An award answers to the rules that held on the day it was made: %(day)s.") % {
        "day": day(asked.terms.awarded_on).shown
    }
    return Part("rules", _("Rules of prior approval"), columns, rows, note=note)


def works(made: Approved, award: Any) -> Part:
    """The works that the award pays, with the line, the match and the day by which each can be done."""
    columns = (
        Column("work", _("Work"), width="2.3"),
        Column("site", _("Site"), width="1.3"),
        Column("kind", _("Kind"), width="0.9"),
        Column("line", _("Line"), width="0.5"),
        Column("amount_cents", _("Award pays"), "right", "1.1"),
        Column("match_cents", _("Match"), "right", "1.1"),
        Column("points", _("Risk points"), "right", "0.7"),
        Column("done_by", _("Can be done by"), "day", "1.1"),
    )
    rows: list[Row] = []
    for one in made.of_award(award):
        chosen = made.chosen.get(one.work.reference)
        url = reverse("work:detail", args=[one.work_id])
        rows.append(
            {
                "work": words(f"{one.work.reference} {one.work.title}", url),
                "site": words(one.work.campus),
                "kind": words(trade_label(one.work.trade)),
                "line": words(one.line.code),
                "amount_cents": cents(one.amount_cents, approval_url(made)),
                "match_cents": cents(one.match_cents, approval_url(made)),
                "points": words(f"{chosen.benefit:,.6g}", url) if chosen else absent(),
                "done_by": day(made.plan.on + timedelta(days=chosen.told["lead_days"]) if chosen else None),
            }
        )
    return Part(
        "works",
        _("Enclosure: the works"),
        columns,
        tuple(rows),
        missing=_("No work of it stands any more."),
        note=_("This table names weak spots of sites. It is for the funder, not for release."),
    )
