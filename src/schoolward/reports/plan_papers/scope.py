"""What an award pays for the first time with a plan, and what is written of its scope."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from schoolward.analysis.grants.rules import RuleKey
from schoolward.domains.assessments.wording import trade_label
from schoolward.domains.funding import queries
from schoolward.domains.grants.queries import entries
from schoolward.domains.work.queries import work_items
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.plan_papers.approved import Approved
from schoolward.reports.plan_papers.told import prose
from schoolward.reports.sheets.shape import Part


def scope(made: Approved, award: Any, *, by: Viewer) -> Part:
    """Sites and kinds of work that the award did not pay before, and where it is written that it may."""
    before = _before(made, award, by)
    works = [one.work for one in made.of_award(award)]
    sites = sorted(
        {str(work.campus) for work in works if work.campus_id not in {one.campus_id for one in before}}
    )
    trades = sorted(
        {trade_label(work.trade) for work in works if work.trade not in {one.trade for one in before}}
    )
    told = []
    if sites:
        told.append(
            _("Sites that this award pays for the first time: %(sites)s.") % {"sites": ", ".join(sites)}
        )
    if trades:
        told.append(
            _("Kinds of work that it pays for the first time: %(kinds)s.") % {"kinds": ", ".join(trades)}
        )
    if not told:
        told.append(_("The award has paid such work at these sites before."))
    said = queries.scopes(by).filter(award=award).first()
    citation = award.as_terms().rule(RuleKey.PRIOR_APPROVAL).citation
    if said is not None:
        told.append(
            _(
                "They lie within what the award may buy, as the district's record of it says: “%(reason)s”. "
                "A change of the award's scope would need the funder's approval first (%(citation)s)."
            )
            % {"reason": said.reason, "citation": citation}
        )
    else:
        told.append(
            _(
                "Nobody has written down what the award may buy. A change of its scope would need the "
                "funder's approval first (%(citation)s)."
            )
            % {"citation": citation}
        )
    return prose("scope", _("New activities and sites"), *told)


def _before(made: Approved, award: Any, by: Viewer) -> list[Any]:
    """The works that earlier plans set money of the award aside for, or that its ledger paid before."""
    then = made.approval.at
    earlier = queries.allocations(by).filter(award=award, at__lt=then, withdrawn_on__isnull=True)
    numbers = {one.work_id for one in earlier.exclude(approval=made.approval)}
    posted = entries(by).filter(
        award=award,
        at__lt=then,
        purposes__kind="work",
        purposes__takes_back__isnull=True,
        purposes__taken_back_by__isnull=True,
    )
    for target in posted.values_list("purposes__target", flat=True).distinct():
        app, _colon, number = str(target).partition(":")
        if app == "work.WorkItem" and number.isdigit():
            numbers.add(int(number))
    return list(work_items(by).filter(pk__in=numbers))
