"""What is done about records by the clock: each month, what is due is listed and told."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.permissions import all_permissions
from schoolward.platform.access.retention.disposals import PROPOSE
from schoolward.platform.access.retention.due import due
from schoolward.platform.audit.actions import record
from schoolward.platform.files.discarding import sweep
from schoolward.platform.jobs.actions import enqueue
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every


@job(
    title=gettext_lazy("List the records that are due"),
    every=Every.MONTH,
    after=timedelta(hours=4, minutes=30),
)
def list_due(context: JobContext, *, period: str) -> dict[str, int]:
    """Count what is due in each agency, on the record, and tell its records officers where there is mail.

    Files whose record is gone, and which a killed process left on the disk, are removed besides.
    """
    found = [one for one in due(context.by) if one.count or one.held]
    for one in found:
        record(
            "access.due_listed",
            by=context.by,
            at=context.at,
            subject=f"access.RetentionSchedule:{one.schedule.pk}",
            detail={"agency": one.agency_id, "due": one.count, "held": one.held, "period": period},
        )
    told = 0
    if settings.MAIL_IS_SENT:
        for account in _officers({one.agency_id for one in found if one.count}, context):
            enqueue(tell_of_due, by=context.by, at=context.at, account_id=account)
            told += 1
    due_now = sum(one.count for one in found)
    return {"due": due_now, "held": sum(one.held for one in found), "told": told, "files_removed": sweep()}


@job(title=gettext_lazy("Tell a records officer what is due"), attempts=6, first_delay=timedelta(seconds=5))
def tell_of_due(context: JobContext, *, account_id: int) -> str:
    """Send the letter: that something is due, and where; nothing of what or whose. Returns what was done."""
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        return "left meanwhile"
    link = settings.SITE_URL.rstrip("/") + reverse("privacy:retention")
    send_mail(
        _("Records are due for disposal"),
        _("Records have been kept for as long as they have to be. Two persons dispose of them.")
        + f"\n\n{link}\n",
        None,
        [account.email],
    )
    return "sent"


def _officers(agencies: set[int], context: JobContext) -> list[int]:
    """Those who may propose a disposal in these agencies, each once."""
    roles = next(permission.roles for permission in all_permissions() if permission.key == PROPOSE)
    held = Membership.objects.live(context.at).filter(
        agency__in=agencies, role__in=roles, account__is_active=True, account__is_demonstration=False
    )
    return sorted(set(held.values_list("account_id", flat=True)))
