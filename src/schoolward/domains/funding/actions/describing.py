"""Saying of works what a plan needs to know: facts instead of defaults, ties, and prices by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import isfinite

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.funding.actions.recording import audit, happened, locked, reason_of, seen_work
from schoolward.domains.funding.actions.refusals import FundingRefused
from schoolward.domains.funding.models import CandidateFact, FactKind, LinkKind, PriceOption, WorkLink
from schoolward.domains.funding.queries import FOR_WORKS
from schoolward.domains.grants import queries as grants
from schoolward.platform.access.viewer import Viewer

PERMISSION = "funding.describe"
MOST_DAYS = 3650
MOST_POINTS = 1_000_000.0
MOST_CENTS = 10**12
LONGEST_BUNDLE = 80


@transaction.atomic
def say_fact(
    *,
    work_id: int,
    fact: str,
    value: str,
    reason: str,
    by: Viewer,
    at: datetime,
    invented: bool = False,
) -> CandidateFact:
    """Say a fact of a work instead of its default, with a reason; what was said before is replaced.

    ``value`` is a text: a category, whole days, risk points, or the word of a bundle. Raises
    ``FundingRefused``.
    """
    item = seen_work(work_id, by=by, permission=PERMISSION)
    said, _made = CandidateFact.objects.update_or_create(
        work_id=item.pk,
        fact=fact,
        defaults={
            "value": _checked(fact, value.strip()),
            "reason": reason_of(reason),
            "invented": invented,
            **happened(by=by, at=at),
        },
    )
    audit("funding.fact_said", said, by=by, work=item.reference, fact=fact, value=said.value)
    return said


@transaction.atomic
def unsay_fact(*, work_id: int, fact: str, by: Viewer, at: datetime) -> None:
    """Go back to the default of a fact. Raises ``FundingRefused`` where nothing was said."""
    item = seen_work(work_id, by=by, permission=PERMISSION)
    said = CandidateFact.objects.filter(work_id=item.pk, fact=fact).first()
    if said is None:
        raise FundingRefused(_("Nothing was said of this; the default holds already."), field="fact")
    audit("funding.fact_unsaid", said, by=by, work=item.reference, fact=fact, value=said.value)
    said.delete()


@transaction.atomic
def bundle_works(
    *, work_ids: Iterable[int], bundle: str, reason: str, by: Viewer, at: datetime
) -> list[CandidateFact]:
    """Say of several works that they are paid together or not at all, such as one trade's in one area."""
    numbers = sorted(set(work_ids))
    if len(numbers) < 2:
        raise FundingRefused(_("Choose at least two works."), field="works")
    return [
        say_fact(work_id=pk, fact=FactKind.BUNDLE, value=bundle, reason=reason, by=by, at=at)
        for pk in numbers
    ]


@transaction.atomic
def link_works(
    *, work_id: int, other_id: int, kind: str, reason: str, by: Viewer, at: datetime, invented: bool = False
) -> WorkLink:
    """Say that a work needs another, cannot be done beside it, or takes its place."""
    item = seen_work(work_id, by=by, permission=PERMISSION)
    other = seen_work(other_id, by=by, permission=PERMISSION)
    if item.pk == other.pk:
        raise FundingRefused(_("Choose another work than this one."), field="other")
    if kind not in LinkKind.values:
        raise FundingRefused(_("Choose how the two are tied."), field="kind")
    if WorkLink.objects.filter(work_id=item.pk, other_id=other.pk, kind=kind).exists():
        raise FundingRefused(_("This was said of the two already."), field="other")
    made = WorkLink.objects.create(
        work_id=item.pk,
        other_id=other.pk,
        kind=kind,
        reason=reason_of(reason),
        invented=invented,
        **happened(by=by, at=at),
    )
    audit("funding.works_linked", made, by=by, work=item.reference, other=other.reference, kind=kind)
    return made


@transaction.atomic
def unlink_works(*, link_id: int, by: Viewer, at: datetime) -> None:
    """Take back that two works are tied."""
    link = locked(WorkLink, link_id, by=by, permission=PERMISSION)
    told = {"work": link.work.reference, "other": link.other.reference, "kind": link.kind}
    audit("funding.works_unlinked", link, by=by, **told)
    link.delete()


@transaction.atomic
def price_work(
    *,
    work_id: int,
    line_id: int,
    cost_cents: int,
    reason: str,
    by: Viewer,
    at: datetime,
    benefit: float | None = None,
    invented: bool = False,
) -> PriceOption:
    """Say what a work costs, and if wanted brings, where one budget line pays it; replaces what was said.

    From then on only lines with such a price may pay the work.
    """
    item = seen_work(work_id, by=by, permission=PERMISSION)
    line = grants.lines(by).filter(pk=line_id).first()
    if line is None:
        raise FundingRefused(_("There is no such budget line."), field="line")
    if not 0 < cost_cents <= MOST_CENTS:
        raise FundingRefused(_("Write what it costs, above nothing."), field="cost")
    if benefit is not None:
        benefit = _points(str(benefit), field="benefit")
    made, _made = PriceOption.objects.update_or_create(
        work_id=item.pk,
        line_id=line.pk,
        defaults={
            "cost_cents": cost_cents,
            "benefit": benefit,
            "reason": reason_of(reason),
            "invented": invented,
            **happened(by=by, at=at),
        },
    )
    audit("funding.work_priced", made, by=by, work=item.reference, line=line.pk, cents=cost_cents)
    return made


@transaction.atomic
def unprice_work(*, option_id: int, by: Viewer, at: datetime) -> None:
    """Take back the price of a work at a line."""
    option = locked(PriceOption, option_id, by=by, permission=PERMISSION)
    audit("funding.work_unpriced", option, by=by, work=option.work.reference, line=option.line_id)
    option.delete()


def _checked(fact: str, value: str) -> str:
    """The value of a fact as it is kept. Raises ``FundingRefused`` with what would be right."""
    match fact:
        case FactKind.CATEGORY:
            if value not in FOR_WORKS:
                raise FundingRefused(
                    _("Choose one of %(all)s.") % {"all": ", ".join(sorted(FOR_WORKS))}, field="value"
                )
            return value
        case FactKind.LEAD_DAYS:
            if not (value.isascii() and value.isdigit() and int(value[:9]) <= MOST_DAYS and len(value) < 10):
                raise FundingRefused(
                    _("Write whole days, from 0 to %(most)s.") % {"most": MOST_DAYS}, field="value"
                )
            return str(int(value))
        case FactKind.BENEFIT:
            return f"{_points(value, field='value'):g}"
        case FactKind.BUNDLE:
            if not value or len(value) > LONGEST_BUNDLE:
                raise FundingRefused(
                    _("Give the bundle a word of at most %(most)s letters.") % {"most": LONGEST_BUNDLE},
                    field="value",
                )
            return value
    raise FundingRefused(_("Choose what you say of the work."), field="fact")


def _points(value: str, *, field: str) -> float:
    try:
        points = float(value)
    except ValueError:
        points = -1.0
    if not (isfinite(points) and 0 <= points <= MOST_POINTS):
        raise FundingRefused(_("Write risk points, a number from 0 on."), field=field)
    return points
