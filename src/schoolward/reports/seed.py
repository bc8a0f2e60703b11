"""The demonstration's editions: an earlier one, and the paper of the board meeting.

Their texts speak of the partnership's public facts; their numbers come from the demonstration's
records, most of which are generated, and each paper says so in its annex.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    edit_form,
    edit_section,
    publish,
    sign_anomaly,
    sign_unjudged,
    submit,
)
from schoolward.reports.checks import unsigned_unjudged
from schoolward.reports.models import Edition

MIDYEAR = date(2012, 3, 1)
REPORT = "board-summary"
SUBJECT = (
    "Partnership between Sacramento City Police Department and Sacramento City Unified School District Update"
)
ANOMALY = (
    "Invented for the demonstration: the records are generated, and this is how they were made. The analyst "
    "of a real district would say here what the records show."
)
UNJUDGED = (
    "Invented for the demonstration: the generated records begin too late for these numbers to be held "
    "against earlier ones."
)


@seed(95, "board papers")
def board_papers(context: SeedContext) -> str:
    """Make both editions and sign them as three different people. Safe to run again."""
    if Edition.objects.filter(report=REPORT).exists():
        return "already there"
    midyear = {"results": "results-midyear", "initiatives": "initiatives-midyear"}
    earlier = _drafted(context, MIDYEAR, "", midyear)
    paper = None
    if _published(context, earlier):
        paper = _drafted(context, context.today, "11.2", {})
    done = [edition for edition in (earlier, paper) if edition is not None and _published(context, edition)]
    return f"{len(done)} editions published, with {sum(edition.cells.count() for edition in done)} numbers"


def _drafted(context: SeedContext, as_of: date, agenda_item: str, files: Mapping[str, str]) -> Edition:
    """An edition with the texts of ``demonstration/``; ``files`` names the other file of a section."""
    author = _acting(context, Role.LEAD)
    edition = draft_edition(report=REPORT, as_of=as_of, by=author, at=context.at)
    values = {"subject": SUBJECT, "agenda_item": agenda_item}
    edit_form(edition=edition, values=values, by=author, at=context.at)
    folder = registry.get(REPORT).folder / "demonstration"
    for section in edition.sections.all():
        body = (folder / f"{files.get(section.key, section.key)}.md").read_text(encoding="utf-8")
        edit_section(
            edition=edition, key=section.key, body=body, version=section.version, by=author, at=context.at
        )
    return edition


def _published(context: SeedContext, edition: Edition) -> bool:
    """Take the edition through every signature; False when the checks refuse it, as its page then says."""
    edition.refresh_from_db()
    if edition.published_at is not None:
        return True
    edition = submit(edition=edition, by=_acting(context, Role.LEAD), at=context.at)
    analyst = _acting(context, Role.ACCOUNTABILITY)
    for cell in edition.cells.filter(anomaly="unusual"):
        sign_anomaly(cell=cell, reason=ANOMALY, by=analyst, at=context.at)
    if unsigned_unjudged(list(edition.cells.select_related("anomaly_signoff"))):
        sign_unjudged(edition=edition, reason=UNJUDGED, by=analyst, at=context.at)
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
