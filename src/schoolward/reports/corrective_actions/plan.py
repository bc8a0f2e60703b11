"""Composing the plan: what was found and is not mended yet, with its work, by trade and area."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.assessments.queries.as_of import FindingThen, findings_as_of
from schoolward.domains.assessments.wording import TRADES, severity_label, severity_rank, trade_label
from schoolward.platform.access.permissions import check
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.districts import district_name
from schoolward.reports.sheets.shape import Column, Part, Row, Sheet, Value
from schoolward.reports.sheets.values import count, day, listed, money, sum_of, words
from schoolward.reports.work_then import actual_cents, each_work_once, estimate_cents, work_words

PERMISSION = "assessments.view"
_TRADES = {str(key): rank for rank, (key, _label) in enumerate(TRADES)}


def plan(on: date, *, by: Viewer, campus: Any | None = None) -> Sheet:
    """The plan as of a day, of one campus or of every campus that ``by`` may see. Raises ``AccessDenied``.

    Where a finding was, is no part of it: it goes to those who do the work and those who pay for it.
    """
    check(by, PERMISSION)
    found = findings_as_of(by, on, campus_id=campus.pk if campus is not None else None)
    kept = [one for one in found if one.state != "declined"]
    parts = [bundles(kept, campus), actions(kept, on, campus)]
    if campus is not None:
        parts.append(mended(kept))
    return Sheet(
        report="corrective-actions",
        title=_("Corrective-action plan"),
        subject=campus.name if campus is not None else _("All sites"),
        copy="",
        copy_name="",
        notice=_("For internal use"),
        as_of=on,
        district=district_name(),
        invented=any(one.finding.invented for one in kept),
        parts=tuple(parts),
        standfirst=_("What was found and is not mended yet, by trade and area: who, by when, for how much."),
        about={"site": campus.slug} if campus is not None else {},
        csv_parts=("to_be_mended", "mended"),
    )


def _group(one: FindingThen) -> tuple[int, str]:
    return (_TRADES.get(one.finding.trade, len(_TRADES)), one.finding.campus.zip_code[:5])


def bundles(found: Iterable[FindingThen], campus: Any | None) -> Part:
    """One row a trade and area: what one round could do together."""
    columns = (
        Column("trade", _("Trade"), width="1.6"),
        Column("area", _("Area (ZIP code)")),
        Column("sites", _("Sites"), "right", "0.6"),
        Column("to_mend", _("To be mended"), "right", "0.9"),
        Column("urgent", _("Urgent or high"), "right", "0.9"),
        Column("mended", _("Verified as mended"), "right", "0.9"),
        Column("estimate_cents", _("Estimate"), "right", "1"),
        Column("first_due", _("First due"), "day"),
    )
    groups: dict[tuple[int, str], list[FindingThen]] = {}
    for one in found:
        groups.setdefault(_group(one), []).append(one)
    unmended = [one for own in groups.values() for one in own if one.is_unresolved]
    paying = {one.finding.pk for one in each_work_once(unmended)}
    rows = tuple(_bundle(groups[key], campus, paying) for key in sorted(groups))
    return Part(
        "by_trade_and_area", _("By trade and area"), columns, rows, missing=_("Nothing is to be mended.")
    )


def _bundle(own: list[FindingThen], campus: Any | None, paying: set[int]) -> Row:
    first = own[0].finding
    area = first.campus.zip_code[:5]
    unmended = [one for one in own if one.is_unresolved]
    opened = listed(
        "assessments:findings",
        trade=first.trade,
        area=area,
        state="unresolved",
        campus=campus.pk if campus is not None else "",
    )
    return {
        "trade": words(trade_label(first.trade)),
        "area": words(area),
        "sites": count(len({one.finding.campus_id for one in own})),
        "to_mend": count(len(unmended), opened),
        "urgent": count(sum(one.finding.severity in ("urgent", "high") for one in unmended)),
        "mended": count(len(own) - len(unmended)),
        "estimate_cents": sum_of([estimate_cents(one) for one in unmended if one.finding.pk in paying]),
        "first_due": day(min((one.due for one in unmended if one.due is not None), default=None)),
    }


def _columns(*, with_site: bool) -> tuple[Column, ...]:
    columns = (
        Column("trade", _("Trade"), width="1.2"),
        Column("area", _("Area"), width="0.7"),
        Column("site", _("Site"), width="1.5"),
        Column("action", _("What is to be done"), width="2.6"),
        Column("severity", _("Severity"), width="0.8"),
        Column("work", _("Work"), width="1.4"),
        Column("owner", _("Who"), width="1.1"),
        Column("due", _("Due"), "day", "1"),
        Column("estimate_cents", _("Estimate"), "right", "0.9"),
        Column("cost_cents", _("Cost"), "right", "0.8"),
    )
    return tuple(column for column in columns if with_site or column.key not in ("site", "area"))


def actions(found: Iterable[FindingThen], on: date, campus: Any | None) -> Part:
    """Every finding that is not mended, by trade and area, the worst first."""
    unmended = sorted((one for one in found if one.is_unresolved), key=_in_order)
    columns = _columns(with_site=campus is None)
    rows = tuple(_action(one, on) for one in unmended)
    return Part("to_be_mended", _("To be mended"), columns, rows, missing=_("Nothing is to be mended."))


def mended(found: Iterable[FindingThen]) -> Part:
    """What was mended, and what that cost."""
    done = sorted((one for one in found if not one.is_unresolved), key=_in_order)
    rows = tuple(_action(one, None) for one in done)
    return Part(
        "mended",
        _("Verified as mended"),
        _columns(with_site=False),
        rows,
        missing=_("Nothing was verified as mended so far."),
    )


def _in_order(one: FindingThen) -> tuple[Any, ...]:
    row = one.finding
    return (*_group(one), severity_rank(row.severity), row.campus.name, row.found_on, row.pk)


def _action(one: FindingThen, on: date | None) -> Row:
    row, owner = one.finding, one.work.owner_role if one.work is not None else ""
    return {
        "trade": words(trade_label(row.trade)),
        "area": words(row.campus.zip_code[:5]),
        "site": words(row.campus.name, reverse("places:detail", args=[row.campus.slug])),
        "action": words(row.recommendation or row.title, reverse("assessments:finding", args=[row.pk])),
        "severity": words(severity_label(row.severity)),
        "work": work_words(one),
        "owner": words(Role(owner).label if owner in Role.values else _("Nobody yet")),
        "due": _due(one, on),
        "estimate_cents": money(estimate_cents(one)),
        "cost_cents": money(actual_cents(one)),
    }


def _due(one: FindingThen, on: date | None) -> Value:
    due = day(one.due)
    if on is None or one.due is None or one.due >= on or one.work_state == "done":
        return due
    return Value(due.raw, _("%(day)s, overdue") % {"day": due.shown})
