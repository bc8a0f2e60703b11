"""The steps of a referral: contacted, consented, started, completed, ended, opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.cases.actions.recording import (
    TO_DELIVER,
    CaseRefused,
    as_system,
    audit,
    day_of,
    forward,
    locked,
    move,
    said_again,
)
from schoolward.domains.cases.actions.referring import LONGEST_REASON
from schoolward.domains.cases.actions.seat_queue import free_seats_of
from schoolward.domains.cases.models import LONGEST_CONTACT, Contact, Referral, Way, of_referral
from schoolward.domains.cases.queries.consents import Yes, held_on, standing_of
from schoolward.domains.cases.states import AGREED, CLOSED, OPEN, EndReason, State, reached
from schoolward.platform.access.consenting import Scope, record_consent
from schoolward.platform.access.models import Consent
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.refusal import fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

LONGEST_NOTE = 200
_NOT_ON_THAT_DAY = gettext_lazy("The family's consent does not hold on that day: ask them again first.")
#: Reasons that whoever delivers a program may give; the rest is between the family and who answers them.
OF_A_DELIVERER = (EndReason.LEFT, EndReason.NO_CAPACITY, EndReason.OUT_OF_REACH)


@transaction.atomic
def log_contact(
    *,
    referral_id: int,
    way: str,
    minutes: int,
    reached: bool,
    note: str = "",
    on: date | None = None,
    version: int | None = None,
    by: Viewer,
    at: datetime,
) -> Contact:
    """Write a contact down, or the attempt at one. The first that reaches the family takes the referral on.

    Raises :class:`CaseRefused`, also for a note that holds a number of a person.
    """
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep", version=version)
        if way not in Way.values:
            raise CaseRefused(_("Choose how it was."), field="way")
        if not 0 <= minutes <= LONGEST_CONTACT:
            raise CaseRefused(
                _("Write minutes from 0 to %(most)d.") % {"most": LONGEST_CONTACT}, field="minutes"
            )
        day = day_of(on, at)
        if day < found.referred_on:
            raise CaseRefused(_("This lies before the referral."), field="on")
        made = Contact.objects.create(
            **of_referral(found),
            on=day,
            way=way,
            minutes=minutes,
            reached=reached,
            note=fit_text(note, field="note", longest=LONGEST_NOTE) if note.strip() else "",
            by_id=by.account_id,
            at=at,
            invented=found.invented,
        )
        if reached and found.state == State.REFERRED:
            forward(found, target=State.CONTACTED, on=day, by=by, at=at, contacted_on=day)
        else:
            audit("contact_logged", made, by=by)
    return made


@transaction.atomic
def consent(
    *,
    referral_id: int,
    given_by: str,
    valid_from: date,
    valid_to: date,
    on: date | None = None,
    version: int | None = None,
    by: Viewer,
    at: datetime,
) -> Consent:
    """Record the family's yes to the program: a consent that names the agency which delivers it.

    Where the family has said yes before, and that is gone or runs out soon, it says yes again: the referral
    goes on where it stands. Raises :class:`CaseRefused` and what ``record_consent`` refuses.
    """
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep", version=version)
        day = day_of(on, at)
        again = found.state in AGREED
        if again and standing_of(found.consent, timezone.localdate(at)) is Yes.HOLDS:
            raise CaseRefused(_("The family's yes holds; ask again when it runs out."))
        if found.state != State.CONTACTED and not again:
            raise CaseRefused(
                _("It is not at that step: it is now “%(state)s”.") % {"state": found.get_state_display()}
            )
        if found.program is None:
            raise CaseRefused(_("Choose the program first: a family says yes to one."))
        if not valid_from <= day <= valid_to:
            raise CaseRefused(_("The consent does not hold on the day of the step."), field="valid_from")
        given = record_consent(
            scope=Scope(
                subject=found.subject,
                recipient=found.program.provider.agency,
                category="program",
                purpose=Purpose.YOUTH_PROGRAM,
                given_by=given_by,
                valid_from=valid_from,
                valid_to=valid_to,
            ),
            by=by,
            at=at,
        )
        if again:
            said_again(found, given, on=day, by=by, at=at)
            return given
        forward(
            found,
            target=State.CONSENTED,
            on=day,
            by=by,
            at=at,
            consented_on=day,
            consent=given,
            family_knows=True,
        )
    return given


@transaction.atomic
def start(
    *, referral_id: int, on: date | None = None, version: int | None = None, by: Viewer, at: datetime
) -> Referral:
    """The young person has started. Not without a consent that holds on that day."""
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.deliver", needs=TO_DELIVER, version=version)
        day = day_of(on, at)
        given = found.consent
        if given is not None and (
            given.withdrawn_at is not None or not given.valid_from <= day <= given.valid_to
        ):
            raise CaseRefused(str(_NOT_ON_THAT_DAY))
        return forward(found, target=State.STARTED, on=day, by=by, at=at, started_on=day)


@transaction.atomic
def complete(
    *, referral_id: int, on: date | None = None, version: int | None = None, by: Viewer, at: datetime
) -> Referral:
    """The young person has completed the program, on a day on which the family's yes held."""
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.deliver", needs=TO_DELIVER, version=version)
        day = day_of(on, at)
        if found.state == State.STARTED and not held_on(found.consent, day):
            raise CaseRefused(str(_NOT_ON_THAT_DAY))
        forward(found, target=State.COMPLETED, on=day, by=by, at=at, ended_on=day)
        free_seats_of(found, by=by, today=timezone.localdate(at))
    return found


@transaction.atomic
def end(
    *,
    referral_id: int,
    reason: str,
    on: date | None = None,
    version: int | None = None,
    by: Viewer,
    at: datetime,
) -> Referral:
    """End the referral before its time, for a reason from the list. Its seats go to those who wait."""
    with within(as_system(by)):
        known: tuple[EndReason, ...]
        try:
            found = locked(referral_id, by=by, permission="cases.deliver", version=version)
            known = tuple(each for each in EndReason if each is not EndReason.TRANSFERRED)
        except LookupError:
            found = locked(referral_id, by=by, permission="cases.deliver", needs=TO_DELIVER, version=version)
            known = OF_A_DELIVERER
        if reason not in known:
            raise CaseRefused(_("Choose one of: %(known)s.") % {"known": ", ".join(known)}, field="reason")
        if found.state not in OPEN:
            raise CaseRefused(_("It is over already."))
        day = day_of(on, at)
        move(found, State.ENDED, on=day, by=by, at=at, end_reason=reason, ended_on=day)
        free_seats_of(found, by=by, today=timezone.localdate(at))
    return found


@transaction.atomic
def reopen(
    *, referral_id: int, reason: str, version: int | None = None, by: Viewer, at: datetime
) -> Referral:
    """Open a referral again where it had come to, saying why. One that was passed on stays away."""
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep", version=version)
        if found.state not in CLOSED:
            raise CaseRefused(_("It is open."))
        if found.end_reason == EndReason.TRANSFERRED:
            raise CaseRefused(_("It is another agency's now."))
        why = fit_text(reason, field="reason", longest=LONGEST_REASON)
        target = reached(*(d is not None for d in (found.contacted_on, found.consented_on, found.started_on)))
        day = timezone.localdate(at)
        return move(found, target, on=day, by=by, at=at, reason=why, end_reason="", ended_on=None)
