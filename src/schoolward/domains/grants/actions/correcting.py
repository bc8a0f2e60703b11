"""Opportunities and applications that were entered wrongly, or that the funder changed: set right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.grants.actions.keys import refuse_taken_title
from schoolward.domains.grants.actions.recording import audit, locked, told_changes
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.actions.seeking import check_application, check_opportunity, drafting
from schoolward.domains.grants.models import Application, ApplicationPart, Opportunity, Outcome
from schoolward.platform.access.viewer import Viewer

#: What may be changed of an opportunity. Its short name stands in addresses and stays.
OPPORTUNITY_FIELDS = frozenset(
    {
        "title",
        "funder_name",
        "funder",
        "number",
        "opens",
        "closes",
        "ceiling_cents",
        "match_percent",
        "eligibility",
        "purpose",
    }
)


@transaction.atomic
def change_opportunity(
    *, opportunity_id: int, changes: dict[str, Any], by: Viewer, at: datetime
) -> Opportunity:
    """Change an opportunity until the application for it went out: the funder moved the deadline, or it was
    mistyped. What was there and what is there stand in the audit. Raises ``GrantRefused``."""
    found = locked(Opportunity, opportunity_id, by=by, permission="grants.seek")
    foreign = set(changes) - OPPORTUNITY_FIELDS
    if foreign:
        raise ValueError(f"not of an opportunity: {', '.join(sorted(foreign))}")
    application = Application.objects.filter(opportunity=found).first()
    if application is not None and application.outcome not in (Outcome.DRAFTING, Outcome.WITHDRAWN):
        raise GrantRefused(_("The application for it has gone out: what it answered stays as it was."))
    before = {name: getattr(found, name) for name in changes}
    for name, value in changes.items():
        setattr(found, name, value.strip() if isinstance(value, str) else value)
    different = [name for name in changes if getattr(found, name) != before[name]]
    if not different:
        return found
    check_opportunity(opens=found.opens, closes=found.closes)
    refuse_taken_title(found.title, Opportunity.objects.exclude(pk=found.pk))
    found.save(update_fields=different)
    audit("grants.opportunity_changed", found, by=by, changes=told_changes(different, before, found))
    return found


@transaction.atomic
def change_application(
    *,
    application_id: int,
    requested_cents: int,
    match_cents: int,
    summary: str,
    by: Viewer,
    at: datetime,
) -> Application:
    """Change what an application asks for while it is written. What was signed has to be signed again."""
    found = drafting(application_id, by)
    check_application(found.opportunity, requested_cents)
    wanted: dict[str, Any] = {
        "requested_cents": requested_cents,
        "match_cents": match_cents,
        "summary": summary.strip(),
    }
    before = {name: getattr(found, name) for name in wanted}
    different = [name for name in wanted if before[name] != wanted[name]]
    if not different:
        return found
    for name in different:
        setattr(found, name, wanted[name])
    found.save(update_fields=different)
    gone = found.signatures.all().delete()[0]
    told = told_changes([name for name in different if name != "summary"], before, found)
    audit("grants.application_changed", found, by=by, changes=told, signatures_gone=gone)
    return found


@transaction.atomic
def remove_part(*, part_id: int, by: Viewer, at: datetime) -> Application:
    """Take a budget line, letter or document out of an application that is being written.

    What was signed has to be signed again. Raises ``GrantRefused`` once it has gone out.
    """
    part = locked(ApplicationPart, part_id, by=by, permission="grants.seek")
    found = drafting(part.application_id, by)
    gone = found.signatures.all().delete()[0]
    audit(
        "grants.application_part_removed",
        found,
        by=by,
        part=part.pk,
        kind=part.kind,
        cents=part.amount_cents,
        signatures_gone=gone,
    )
    part.delete()
    return found


@transaction.atomic
def take_up_again(*, application_id: int, by: Viewer, at: datetime) -> Application:
    """Go on writing an application that was withdrawn. It has to be signed and to go out anew."""
    found = locked(Application, application_id, by=by, permission="grants.seek")
    if found.outcome != Outcome.WITHDRAWN:
        raise GrantRefused(_("Only an application that was withdrawn is taken up again."))
    sent_before, found.outcome, found.submitted_on = found.submitted_on, Outcome.DRAFTING, None
    found.save(update_fields=["outcome", "submitted_on"])
    gone = found.signatures.all().delete()[0]
    audit(
        "grants.application_taken_up",
        found,
        by=by,
        sent_before=sent_before and sent_before.isoformat(),
        signatures_gone=gone,
    )
    return found
