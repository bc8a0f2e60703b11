"""Opportunities and applications: go or no go, parts, signatures, submission and the funder's answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.grants.actions.keys import key_for
from schoolward.domains.grants.actions.recording import audit, happened, locked
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import (
    SIGNERS,
    Application,
    ApplicationPart,
    Choice,
    Opportunity,
    Outcome,
    PartKind,
    SignOff,
)
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.models import StoredFile


@transaction.atomic
def add_opportunity(*, title: str, closes: date, by: Viewer, at: datetime, **fields: Any) -> Opportunity:
    """Enter money that could be applied for. Raises ``GrantRefused``."""
    check(by, "grants.seek")
    check_opportunity(opens=fields.get("opens"), closes=closes)
    key = key_for(title, Opportunity.objects.all(), otherwise="opportunity")
    made = Opportunity.objects.create(key=key, title=title.strip(), closes=closes, **fields)
    audit("grants.opportunity_added", made, by=by, key=key)
    return made


def check_opportunity(*, opens: date | None, closes: date) -> None:
    """Raise ``GrantRefused`` for days that cannot be."""
    if opens is not None and opens > closes:
        raise GrantRefused(_("It closes before it opens."), field="closes")


def check_application(opportunity: Opportunity, requested_cents: int) -> None:
    """Raise ``GrantRefused`` for an amount that the funder does not give."""
    if requested_cents <= 0:
        raise GrantRefused(_("Write how much is asked for."), field="requested_cents")
    if opportunity.ceiling_cents is not None and requested_cents > opportunity.ceiling_cents:
        raise GrantRefused(_("The funder gives no more than its ceiling."), field="requested_cents")


@transaction.atomic
def choose(*, opportunity_id: int, choice: str, reason: str, by: Viewer, at: datetime) -> Opportunity:
    """Decide to try for it, or not, with a reason."""
    found = locked(Opportunity, opportunity_id, by=by, permission="grants.seek")
    if choice not in (Choice.GO, Choice.NO_GO):
        raise GrantRefused(_("Choose go or no go."), field="choice")
    if not reason.strip():
        raise GrantRefused(_("Say why."), field="reason")
    if Application.objects.filter(opportunity=found).exists():
        raise GrantRefused(_("There is an application already."))
    found.choice, found.choice_reason = choice, reason.strip()
    found.chosen_on, found.chosen_by_name = timezone.localdate(at), by.account_name
    found.save()
    audit("grants.opportunity_chosen", found, by=by, choice=choice)
    return found


@transaction.atomic
def begin_application(
    *, opportunity_id: int, requested_cents: int, match_cents: int, summary: str, by: Viewer, at: datetime
) -> Application:
    """Begin an application for an opportunity that was decided on."""
    found = locked(Opportunity, opportunity_id, by=by, permission="grants.seek")
    if found.choice != Choice.GO:
        raise GrantRefused(_("Decide on it first: nobody has said go."))
    if Application.objects.filter(opportunity=found, outcome=Outcome.WITHDRAWN).exists():
        raise GrantRefused(_("The application for it was withdrawn: take it up again on its page."))
    if Application.objects.filter(opportunity=found).exists():
        raise GrantRefused(_("There is an application already."))
    check_application(found, requested_cents)
    made = Application.objects.create(
        opportunity=found, requested_cents=requested_cents, match_cents=match_cents, summary=summary.strip()
    )
    audit("grants.application_begun", made, by=by, cents=requested_cents)
    return made


def drafting(application_id: int, by: Viewer) -> Application:
    """The application for writing, while it is being written. Raises ``GrantRefused``."""
    found = locked(Application, application_id, by=by, permission="grants.seek")
    if found.outcome != Outcome.DRAFTING:
        raise GrantRefused(_("This application has gone out, or was withdrawn."))
    return found


@transaction.atomic
def add_part(
    *,
    application_id: int,
    kind: str,
    title: str,
    by: Viewer,
    at: datetime,
    amount_cents: int | None = None,
    file: StoredFile | None = None,
    file_name: str = "",
) -> ApplicationPart:
    """Add a budget line, a letter or a document. What was signed before has to be signed again."""
    found = drafting(application_id, by)
    if not title.strip():
        raise GrantRefused(_("Name it."), field="title")
    if (kind == PartKind.BUDGET) != (amount_cents is not None):
        raise GrantRefused(_("A budget line, and nothing else, has an amount."), field="amount_cents")
    if amount_cents is not None and amount_cents <= 0:
        raise GrantRefused(_("Write an amount above nothing."), field="amount_cents")
    found.signatures.all().delete()
    made = ApplicationPart.objects.create(
        application=found,
        kind=kind,
        title=title.strip(),
        amount_cents=amount_cents,
        file=file,
        file_name=file_name,
    )
    audit("grants.application_part_added", found, by=by, kind=kind)
    return made


@transaction.atomic
def sign(*, application_id: int, by: Viewer, at: datetime) -> SignOff:
    """Stand for an application in one's role. Two roles sign, and they are two persons."""
    found = drafting(application_id, by)
    if by.role not in SIGNERS:
        raise GrantRefused(_("Your role does not sign applications."))
    signed = list(found.signatures.all())
    if any(one.role == by.role for one in signed):
        raise GrantRefused(_("Somebody of your role has signed already."))
    if by.account_id is None or any(one.by_id == by.account_id for one in signed):
        raise GrantRefused(_("The second signature has to be another person's."))
    made = SignOff.objects.create(application=found, role=by.role, **happened(by=by, at=at))
    audit("grants.application_signed", found, by=by, role=str(by.role))
    return made


def what_submitting_lacks(application: Application) -> list[str]:
    """What has to be done before an application can go out, in sentences."""
    parts = list(application.parts.all())
    budget = sum(part.amount_cents or 0 for part in parts)
    lacks = []
    if budget != application.requested_cents:
        lacks.append(_("The budget lines do not add up to what is asked for."))
    ceiling = application.opportunity.ceiling_cents
    if ceiling is not None and application.requested_cents > ceiling:
        lacks.append(_("More is asked for than the funder gives."))
    if application.match_cents and not any(part.kind == PartKind.LETTER for part in parts):
        lacks.append(_("No letter says who brings the match."))
    signed = {one.role for one in application.signatures.all()}
    for role in SIGNERS:
        if role not in signed:
            lacks.append(_("Not signed yet by: %(role)s.") % {"role": role.label})
    return lacks


@transaction.atomic
def submit(*, application_id: int, by: Viewer, at: datetime, submitted_on: date | None = None) -> Application:
    """Say that it went out. It needs a budget that adds up, letters for a match, and two signatures."""
    found = drafting(application_id, by)
    lacks = what_submitting_lacks(found)
    if lacks:
        raise GrantRefused(" ".join(lacks))
    today = timezone.localdate(at)
    day = submitted_on or today
    if day > today:
        raise GrantRefused(_("The day lies in the future."), field="submitted_on")
    if day > found.opportunity.closes:
        raise GrantRefused(
            _("The funder took applications until %(day)s.")
            % {"day": date_format(found.opportunity.closes, "F j, Y")},
            field="submitted_on",
        )
    found.outcome, found.submitted_on = Outcome.SUBMITTED, day
    found.save(update_fields=["outcome", "submitted_on"])
    audit("grants.application_submitted", found, by=by)
    return found


@transaction.atomic
def answer(*, application_id: int, outcome: str, decided_on: date, by: Viewer, at: datetime) -> Application:
    """Enter the funder's answer, or that the application was withdrawn."""
    found = locked(Application, application_id, by=by, permission="grants.seek")
    if outcome == Outcome.WITHDRAWN:
        if found.outcome not in (Outcome.DRAFTING, Outcome.SUBMITTED):
            raise GrantRefused(_("The funder has answered already."))
        found.outcome = outcome
    elif outcome in (Outcome.AWARDED, Outcome.DECLINED):
        if found.outcome != Outcome.SUBMITTED or found.submitted_on is None:
            raise GrantRefused(_("Only an application that went out is answered."))
        if not found.submitted_on <= decided_on <= timezone.localdate(at):
            raise GrantRefused(
                _("The answer came after it went out, and not in the future."), field="decided_on"
            )
        found.outcome, found.decided_on = outcome, decided_on
    else:
        raise GrantRefused(_("Choose awarded, declined or withdrawn."), field="outcome")
    found.save(update_fields=["outcome", "decided_on"])
    audit("grants.application_answered", found, by=by, outcome=outcome)
    return found
