"""Breaking the glass, with letters to those who will judge it.

Letters pass through machines that are not ours: one says that there is something to judge, and where, and
nothing of whom it is about or why.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.platform.access.breaking_glass import BREAK, break_glass, fit_reason, reviewers
from schoolward.platform.access.models import Emergency
from schoolward.platform.access.persons import find_in_emergency
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.actions import enqueue
from schoolward.platform.jobs.definition import JobContext, job


@transaction.atomic
def open_emergency(*, subject: str, reason: str, by: Viewer, at: datetime) -> Emergency:
    """Break the glass, and queue a letter to each reviewer where there is a mail server.

    Raises what :func:`~schoolward.platform.access.breaking_glass.break_glass` does.
    """
    emergency = break_glass(subject=subject, reason=reason, by=by, at=at)
    if settings.MAIL_IS_SENT:
        told = reviewers(at).filter(is_demonstration=False).exclude(pk=emergency.account_id)
        for account in told:
            enqueue(tell_reviewer, by=by, at=at, emergency_id=emergency.pk, account_id=account.pk)
    return emergency


def open_emergency_for(*, name: str, born_on: date, reason: str, by: Viewer, at: datetime) -> list[Emergency]:
    """Find a person by the exact name and day of birth, and break the glass for each record of them.

    Two agencies may each know the same person: then two looks open. One that is open already stays as it
    is. That somebody was sought is on the record also where nobody was found. Raises ``Refusal``.
    """
    reason = fit_reason(reason)
    subjects = find_in_emergency(name=name, born_on=born_on, permission=BREAK, by=by, at=at)
    opened = []
    with transaction.atomic():
        for subject in subjects:
            held = (
                Emergency.objects.live(at).filter(membership=by.membership_id or 0, subject=subject).first()
            )
            opened.append(held or open_emergency(subject=subject, reason=reason, by=by, at=at))
    return opened


@job(title=gettext_lazy("Tell a reviewer of an emergency look"), attempts=6, first_delay=timedelta(seconds=5))
def tell_reviewer(context: JobContext, *, emergency_id: int, account_id: int) -> str:
    """Send the letter, unless it was judged or the reviewer left meanwhile. Returns what was done."""
    if Emergency.objects.get(pk=emergency_id).reviewed_at is not None:
        return "judged meanwhile"
    account = reviewers(context.at).filter(pk=account_id).first()
    if account is None:
        return "nobody who may judge it"
    link = settings.SITE_URL.rstrip("/") + reverse("privacy:emergencies")
    send_mail(
        _("Somebody broke the glass"),
        _("Somebody opened protected records in an emergency. Another person judges it within a day.")
        + f"\n\n{link}\n",
        None,
        [account.email],
    )
    return "sent"
