"""How an award stands, in its audit pack: its terms, its balances and its lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from schoolward.analysis.grants.checking import transfer_limit
from schoolward.domains.grants import queries
from schoolward.domains.grants.queries import NONE
from schoolward.domains.grants.wording import dollars
from schoolward.reports.sheets.shape import Column, Part, Row, Value
from schoolward.reports.sheets.values import day, words


def cents(amount: int, url: str = "") -> Value:
    """Money to the cent: an auditor adds it up."""
    return Value(amount, dollars(amount), url)


def facts(key: str, title: str, told: Iterable[tuple[str, str, Value]]) -> Part:
    """A part that is a list of facts: name, label and value of each."""
    rows = list(told)
    columns = tuple(Column(name, label) for name, label, _value in rows)
    return Part(key, title, columns, ({name: value for name, _label, value in rows},), layout="facts")


def terms_part(award: Any) -> Part:
    """What the award says, with all that rules read of it."""
    percent = f"{award.match_terms.percent - award.match_terms.waived_percent:f}".rstrip("0").rstrip(".")
    return facts(
        "award",
        _("The award"),
        (
            ("funder", _("Funder"), words(award.funder_name)),
            ("number", _("Funder's number"), words(award.number)),
            ("aln", _("Assistance listing number"), words(award.aln)),
            ("amount_cents", _("Awarded"), cents(award.amount_cents)),
            ("awarded_on", _("Awarded on"), day(award.awarded_on)),
            ("start", _("First day"), day(award.start)),
            ("end", _("Last day"), day(award.end)),
            ("match", _("Match, percent of the whole"), words(percent or "0")),
            ("match_kinds", _("Match in cash only"), _yes(award.match_in_cash_only)),
            ("waived", _("Match that was waived, in percent"), words(_waived(award))),
            (
                "allowed",
                _("What it pays for"),
                words(award.allowed_in_words or _("each category of its lines")),
            ),
            ("transfers", _("Transfers between categories without approval"), words(_limit(award))),
            ("match_of_others", _("Counts match of third parties"), _yes(award.counts_match_of_others)),
            ("supplanting", _("May not replace local money"), _yes(award.forbids_supplanting)),
            ("subawards", _("May be passed on to subrecipients"), _yes(award.may_subaward)),
            ("reimbursed", _("Pays only what was spent before"), _yes(award.is_reimbursed)),
            ("holds", _("Payments are held while reports are late"), _yes(award.holds_draws_when_late)),
            ("paid_by", _("Obligations paid by"), day(award.as_terms().last_payment)),
            ("closed_on", _("Closed on"), day(award.closed_on)),
        ),
    )


def _yes(holds: bool) -> Value:
    return words(_("yes") if holds else _("no"))


def _waived(award: Any) -> str:
    if not award.match_waived_percent:
        return str(_("none"))
    percent = f"{award.match_waived_percent:f}".rstrip("0").rstrip(".")
    return f"{percent} ({award.match_waiver})"


def _limit(award: Any) -> str:
    limit = transfer_limit(award.as_terms())
    if limit is None:
        return str(_("no limit"))
    return _("%(limit)s in sum, %(percent)s percent") % {"limit": dollars(limit[0]), "percent": limit[1]}


def sums_part(award: Any, on: date) -> Part:
    """The balances at the end of a day."""
    balance = queries.award_balances([award.pk], until=on).get(award.pk, NONE)
    return facts(
        "balances",
        _("Balances"),
        (
            ("budgeted_cents", _("Budgeted"), cents(balance.budgeted)),
            ("obligated_cents", _("Obligated, not paid"), cents(balance.unliquidated)),
            ("expended_cents", _("Spent"), cents(balance.expended)),
            ("drawn_cents", _("Drawn"), cents(balance.drawn)),
            ("matched_cents", _("Match documented"), cents(balance.matched)),
            (
                "match_due_cents",
                _("Match that belongs to what is spent"),
                cents(_due(award, balance.expended)),
            ),
        ),
    )


def _due(award: Any, expended: int) -> int:
    return int(award.match_terms.required_cents(max(0, expended)))


def lines_part(award: Any, on: date) -> Part:
    """The money of each budget line."""
    balances = queries.line_balances(award.pk, until=on)
    columns = (
        Column("line", _("Line"), width="2"),
        Column("category", _("Category")),
        Column("budgeted_cents", _("Budgeted"), "right"),
        Column("obligated_cents", _("Obligated"), "right"),
        Column("expended_cents", _("Spent"), "right"),
        Column("left_cents", _("Left"), "right"),
    )
    rows: list[Row] = []
    for line in award.lines.all():
        balance = balances.get(line.pk, NONE)
        rows.append(
            {
                "line": words(line),
                "category": words(line.get_category_display()),
                "budgeted_cents": cents(balance.budgeted),
                "obligated_cents": cents(balance.unliquidated),
                "expended_cents": cents(balance.expended),
                "left_cents": cents(balance.available),
            }
        )
    return Part("lines", _("By budget line"), columns, tuple(rows), missing=_("It has no line yet."))
