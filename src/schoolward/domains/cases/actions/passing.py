"""Passing a referral on to another agency, which then owns it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import CaseRefused, as_system, audit, locked, move
from schoolward.domains.cases.actions.referring import ANSWERING, LONGEST_REASON, first_step
from schoolward.domains.cases.actions.seat_queue import free_seats_of
from schoolward.domains.cases.models import Referral, of_youth
from schoolward.domains.cases.states import OPEN, EndReason, State, due_on
from schoolward.platform.access.models import Agency, Agreement, RecordClass
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.refusal import fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

#: What another agency must be able to read before a referral can be passed on to it.
NEEDED_TO_PASS_ON = ("cases.Youth.legal_name", "cases.Guardian.reach_at")


def may_receive(owner_id: int, recipient: Agency, at: datetime) -> bool:
    """Whether a live agreement lets an agency know whom a referral is about and how to reach the family."""
    held = Agreement.objects.live(at).filter(owner=owner_id, recipient=recipient)
    return any(
        str(Purpose.YOUTH_PROGRAM) in one.purposes
        and str(RecordClass.EDUCATION) in one.record_classes
        and set(NEEDED_TO_PASS_ON) <= set(one.fields)
        for one in held
    )


@transaction.atomic
def pass_on(
    *, referral_id: int, agency: Agency, reason: str, version: int | None = None, by: Viewer, at: datetime
) -> Referral:
    """Pass a referral on to another agency, which then owns it. Returns the new one.

    Only under a live agreement. What the new owner writes the old one reads as far as an agreement the other
    way says. Its seats at classes ahead go to those who wait. Raises :class:`CaseRefused`.
    """
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep", version=version)
        if found.state not in OPEN:
            raise CaseRefused(_("It is over; open it again first."))
        if agency.pk == found.agency_id:
            raise CaseRefused(_("It is this agency's already."), field="agency")
        if agency.kind not in ANSWERING or not may_receive(found.agency_id, agency, by.at):
            raise CaseRefused(
                _("No agreement in force lets %(agency)s know whom it is about.") % {"agency": agency},
                field="agency",
            )
        why = fit_text(reason, field="reason", longest=LONGEST_REASON)
        day = timezone.localdate(at)
        made = Referral.objects.create(
            **of_youth(found.youth) | {"agency_id": agency.pk},
            program_id=found.program_id,
            named_program_id=found.named_program_id,
            campus_id=found.campus_id,
            need=found.need,
            family_knows=found.family_knows,
            referred_on=day,
            since=day,
            due_on=due_on(State.REFERRED, day),
            referred_by_id=found.referred_by_id,
            referring_agency_id=found.referring_agency_id,
            came_from=found,
            invented=found.invented,
        )
        first_step(made, by, at, reason=why)
        move(
            found,
            State.ENDED,
            on=day,
            by=by,
            at=at,
            reason=why,
            end_reason=EndReason.TRANSFERRED,
            ended_on=day,
            passed_to=agency,
        )
        free_seats_of(found, by=by, today=day)
        audit("referral_received", made, by=by, agency=agency.key)
    return made
