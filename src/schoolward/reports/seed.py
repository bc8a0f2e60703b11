"""The demonstration's editions: an earlier one, and the paper of the board meeting.

Their texts speak of the partnership's public facts; their numbers come from the demonstration's
records, most of which are generated, and each paper says so in its annex.
"""

from __future__ import annotations

from datetime import date

from schoolward.platform.access.models import Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext, seed
from schoolward.reports import registry
from schoolward.reports.actions import (
    NotPublishable,
    approve,
    draft_edition,
    edit_section,
    publish,
    sign_anomaly,
    submit,
)
from schoolward.reports.models import Edition

MIDYEAR = date(2012, 3, 1)
REPORT = "board-summary"


@seed(95, "board papers")
def board_papers(context: SeedContext) -> str:
    """Make both editions and sign them as three different people. Safe to run again."""
    if Edition.objects.filter(report=REPORT).exists():
        return "already there"
    kind = registry.get(REPORT)
    earlier = _drafted(context, MIDYEAR, "", kind.starting_text("results-midyear"))
    paper = None
    if _published(context, earlier):
        paper = _drafted(context, context.today, "11.2", kind.starting_text("results"))
    done = [edition for edition in (earlier, paper) if edition is not None and _published(context, edition)]
    return f"{len(done)} editions published, with {sum(edition.cells.count() for edition in done)} numbers"


def _drafted(context: SeedContext, as_of: date, agenda_item: str, results: str) -> Edition:
    author = _acting(context, Role.LEAD)
    edition = draft_edition(
        report=REPORT, as_of=as_of, by=author, at=context.at, agenda_item=agenda_item, invented=True
    )
    edit_section(edition=edition, key="results", body=results, version=1, by=author, at=context.at)
    return edition


def _published(context: SeedContext, edition: Edition) -> bool:
    """Take the edition through every signature; False when the checks refuse it, as its page then says."""
    edition.refresh_from_db()
    if edition.published_at is not None:
        return True
    edition = submit(edition=edition, by=_acting(context, Role.LEAD), at=context.at)
    analyst = _acting(context, Role.ACCOUNTABILITY)
    for cell in edition.cells.filter(anomaly="unusual"):
        sign_anomaly(
            cell=cell,
            reason="Generated records: this is how the demonstration was made.",
            by=analyst,
            at=context.at,
        )
    approve(edition=edition, by=analyst, at=context.at)
    try:
        publish(edition=edition, by=_acting(context, Role.TRUSTEE), at=context.at)
    except NotPublishable:
        return False
    return True


def _acting(context: SeedContext, role: Role) -> Viewer:
    membership = Membership.objects.select_related("account").filter(
        role=role, account__is_demonstration=True, agency__kind="district"
    )
    return viewer_for(membership.order_by("pk")[0], at=context.at)
