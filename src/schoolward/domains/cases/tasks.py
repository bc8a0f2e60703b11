"""Telling coordinators of referrals that stall, and sealing diversions on their day.

A letter says that there are some, and nothing of whom.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.cases.actions import find_pairs, tell_of_stalled
from schoolward.domains.cases.actions.sealing_diversions import order_due_seals
from schoolward.platform.access import sealing
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import today
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every


@job(title=gettext_lazy("Tell coordinators of stalled referrals"), every=Every.DAY, after=timedelta(hours=5))
def tell_of_stalled_referrals(context: JobContext, *, period: str) -> dict[str, int]:
    """Mark what stalled since yesterday and write to whoever answers it, once a referral and state."""
    system = Viewer.system(at=context.at, name="schedule")
    told = tell_of_stalled(on=today(context.at), by=system, at=context.at)
    letters = 0
    if settings.MAIL_IS_SENT:
        late: Counter[int] = Counter(pk for pk in told if pk is not None)
        accounts = Account.objects.filter(pk__in=late, is_active=True, is_demonstration=False)
        for account in accounts.order_by("pk"):
            _write(account, late[account.pk])
            letters += 1
    return {"stalled": len(told), "letters": letters}


def _write(account: Account, number: int) -> None:
    link = settings.SITE_URL.rstrip("/") + reverse("cases:board")
    text = ngettext(
        "%(count)d referral of yours is past its day.",
        "%(count)d referrals of yours are past their day.",
        number,
    ) % {"count": number}
    send_mail(_("Referrals that wait"), f"{text}\n\n{link}\n", None, [account.email])


@job(title=gettext_lazy("Look for records of one young person"), every=Every.DAY, after=timedelta(hours=3))
def find_records_of_one(context: JobContext, *, period: str) -> dict[str, int]:
    """Put pairs of records that may be of one before a person, no pair together; ``period`` is the day."""
    system = Viewer.system(at=context.at, name="schedule")
    return find_pairs(on=today(context.at), by=system, at=context.at)


@job(title=gettext_lazy("Seal completed diversions on their day"), every=Every.DAY, after=timedelta(hours=4))
def seal_diversions(context: JobContext, *, period: str) -> dict[str, int]:
    """Order seals whose clock has begun and carry out those whose day has come; ``period`` is the day."""
    system = Viewer.system(at=context.at, name="schedule")
    done = order_due_seals(by=system, at=context.at)
    return {**done, "swept": sealing.sweep(by=system, at=context.at)}
