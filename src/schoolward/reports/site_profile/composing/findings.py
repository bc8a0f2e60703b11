"""What was found here and what became of it: counted, one by one, and the photographs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.assessments.queries.as_of import FindingThen, photos_as_of
from schoolward.domains.assessments.wording import SEVERITIES, TRADES, severity_label, severity_rank
from schoolward.reports.sheets.shape import Column, Part, Picture, Row, Value
from schoolward.reports.sheets.values import count, day, listed, money, sum_of, words
from schoolward.reports.site_profile.composing.asked import Asked
from schoolward.reports.work_then import actual_cents, each_work_once, estimate_cents, work_words

_NOTHING_YET = gettext_lazy("Nothing was found here so far.")


def by_severity(asked: Asked, found: Iterable[FindingThen]) -> Part:
    """Findings counted by how much harm could come of leaving them."""
    return _counted(
        asked, found, "by_severity", _("Findings by severity"), Column("severity", _("Severity")), SEVERITIES
    )


def by_trade(asked: Asked, found: Iterable[FindingThen]) -> Part:
    """Findings counted by who can mend them."""
    return _counted(asked, found, "by_trade", _("Findings by trade"), Column("trade", _("Trade")), TRADES)


def _counted(
    asked: Asked,
    found: Iterable[FindingThen],
    key: str,
    title: str,
    first: Column,
    names: Iterable[tuple[str, Any]],
) -> Part:
    columns = (
        Column(first.key, first.title, width="1.6"),
        Column("unresolved", _("To be mended"), "right"),
        Column("resolved", _("Verified as mended"), "right"),
        Column("declined", _("Declined"), "right", "0.8"),
        Column("estimate_cents", _("Estimate of what is to be mended"), "right", "1.3"),
        Column("actual_cents", _("Cost of what was mended"), "right", "1.1"),
    )
    every = list(found)
    # Work that mends several is paid for once, whichever rows they stand in.
    unresolved = each_work_once(one for one in every if one.is_unresolved)
    resolved = each_work_once(one for one in every if one.state == "resolved")
    paying = {one.finding.pk for one in (*unresolved, *resolved)}
    rows: list[Row] = []
    for name, label in names:
        own = [one for one in every if str(getattr(one.finding, first.key)) == str(name)]
        if own:
            rows.append({first.key: words(label), **_sums(asked, own, paying, **{first.key: name})})
    if len(rows) > 1:
        rows.append({first.key: words(_("All")), **_sums(asked, every, paying)})
    return Part(key, title, columns, tuple(rows), missing=str(_NOTHING_YET))


def _sums(asked: Asked, own: list[FindingThen], paying: set[int], **narrowed: str) -> Row:
    unresolved = [one for one in own if one.is_unresolved]
    resolved = [one for one in own if one.state == "resolved"]
    declined = [one for one in own if one.state == "declined"]
    campus = asked.campus.pk

    def opened(state: str) -> str:
        return listed("assessments:findings", campus=campus, state=state, **narrowed)

    return {
        "unresolved": count(len(unresolved), opened("unresolved")),
        "resolved": count(len(resolved), opened("resolved")),
        "declined": count(len(declined), opened("declined")),
        "estimate_cents": sum_of([estimate_cents(one) for one in unresolved if one.finding.pk in paying]),
        "actual_cents": sum_of([actual_cents(one) for one in resolved if one.finding.pk in paying]),
    }


def findings(asked: Asked, found: Iterable[FindingThen]) -> Part:
    """Every finding with its place and its work, zone by zone, the worst first."""
    columns = (
        Column("zone", _("Zone"), width="1.2"),
        Column("layer", _("Layer"), width="1"),
        Column("finding", _("What should be so, and is not"), width="2"),
        Column("severity", _("Severity"), width="0.8"),
        Column("recommendation", _("Recommendation"), width="1.7"),
        Column("state", _("State"), width="1"),
        Column("work", _("Work"), width="1.1"),
        Column("due", _("Due"), "day", "1"),
        Column("cost_cents", _("Cost or estimate"), "right", "0.9"),
        Column("photographs", _("Photos"), "right", "0.6"),
    )
    every = sorted(found, key=_in_order)
    pictures = photos_as_of(every, asked.day)
    rows = tuple(_finding(one, len(pictures.get(one.finding.pk, ()))) for one in every)
    return Part("findings", _("Findings"), columns, rows, missing=str(_NOTHING_YET))


def _in_order(one: FindingThen) -> tuple[Any, ...]:
    row = one.finding
    return (not one.is_unresolved, row.zone, severity_rank(row.severity), row.found_on, row.pk)


def _finding(one: FindingThen, photographs: int) -> Row:
    row = one.finding
    cost = actual_cents(one) if one.state == "resolved" else estimate_cents(one)
    return {
        "zone": words(row.zone),
        "layer": words(one.layer),
        "finding": words(row.item.text, reverse("assessments:finding", args=[row.pk])),
        "severity": words(severity_label(row.severity)),
        "recommendation": words(row.recommendation),
        "state": words(one.state.label),
        "work": work_words(one),
        "due": day(one.due),
        "cost_cents": money(cost),
        "photographs": count(photographs),
    }


def photographs(asked: Asked, found: Iterable[FindingThen]) -> Part:
    """The photographs of the findings. Who took them is no part of it."""
    columns = (
        Column("picture", _("Photograph")),
        Column("finding", _("Finding")),
        Column("zone", _("Zone")),
        Column("taken", _("Taken on")),
    )
    every = sorted(found, key=_in_order)
    kept = photos_as_of(every, asked.day)
    rows = tuple(_photograph(asked, one, photo) for one in every for photo in kept.get(one.finding.pk, ()))
    return Part(
        "photographs",
        _("Photographs"),
        columns,
        rows,
        "pictures",
        missing=_("No photograph of a finding is on record."),
    )


def _photograph(asked: Asked, one: FindingThen, photo: Any) -> Row:
    alt = _("Photograph of the finding: %(finding)s") % {"finding": one.finding.item.text}
    page = reverse("reports:profile_photo", args=[asked.campus.slug, photo.pk])
    return {
        "picture": Value(photo.caption, photo.caption, page, Picture(photo.file, alt)),
        "finding": words(one.finding.item.text, reverse("assessments:finding", args=[one.finding.pk])),
        "zone": words(one.finding.zone),
        "taken": day(timezone.localdate(photo.at)),
    }
