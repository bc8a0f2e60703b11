"""The work of a finding in words and money, as it stood on a day."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.assessments.queries.as_of import FindingThen
from schoolward.domains.assessments.wording import severity_rank
from schoolward.domains.work.queries import state_label
from schoolward.reports.sheets.shape import Value
from schoolward.reports.sheets.values import absent


def estimate_cents(one: FindingThen) -> int | None:
    """What it is thought to cost: the work's estimate, or the finding's where the work has none."""
    if one.work is not None and one.work.estimate_cents is not None:
        return int(one.work.estimate_cents)
    return one.finding.estimate_cents


def actual_cents(one: FindingThen) -> int | None:
    """What it cost, where it was done by then."""
    if one.work is None or one.work_state not in ("done", "verified") or one.work.actual_cents is None:
        return None
    return int(one.work.actual_cents)


def each_work_once(found: Iterable[FindingThen]) -> list[FindingThen]:
    """Of findings that one piece of work mends, the gravest alone: what a sum over works is made of.

    In a split by trade or severity such work belongs to that finding's row, and so every row adds up to all.
    """
    kept: dict[int, FindingThen] = {}
    alone = []
    for one in sorted(found, key=lambda each: (severity_rank(each.finding.severity), each.finding.pk)):
        if one.work is None:
            alone.append(one)
        else:
            kept.setdefault(one.work.pk, one)
    return [*alone, *kept.values()]


def work_words(one: FindingThen) -> Value:
    """The work's number and state, with the way to its page."""
    if one.work is None:
        return absent()
    text = _("%(reference)s: %(state)s") % {
        "reference": one.work.reference,
        "state": state_label(one.work_state),
    }
    return Value(one.work.reference, text, reverse("work:detail", args=[one.work.pk]))
