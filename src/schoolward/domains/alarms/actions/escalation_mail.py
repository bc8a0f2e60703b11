"""A letter to the member of the partnership whose turn it is when a case escalates.

It is queued with the escalation, so that it is sent if, and only if, that was written, and sent by a worker.
Letters pass through machines that are not ours: one holds the case's number, its urgency and its address, and
nothing of what happened or where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.alarms.actions.members import sees_alarms_at
from schoolward.domains.alarms.models import CallContact, Case, CaseState
from schoolward.domains.alarms.queries.queue import standing_of
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.actions import enqueue
from schoolward.platform.jobs.definition import JobContext, job

LEADS_FROM_LEVEL = 2
"""The first time that nobody answers a site without members on its list, only the desks are told."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An escalated case and whose turn it is: the contact that is to be called next, if any is left."""

    case: Case
    level: int = 0
    """How often nobody answered it; 0 where a call was over."""
    contact: CallContact | None = None


def tell(turns: Iterable[Turn], *, by: Viewer, at: datetime) -> int:
    """Queue the letters of these escalations in the caller's transaction; how many. None without a server."""
    if not settings.MAIL_IS_SENT:
        return 0
    wanted = {(turn.case.pk, account) for turn in turns for account in _accounts_of(turn, at)}
    for case_id, account_id in sorted(wanted):
        enqueue(send_escalation, by=by, at=at, case_id=case_id, account_id=account_id)
    return len(wanted)


def _accounts_of(turn: Turn, at: datetime) -> list[int]:
    """The member at the contact's place; on a list without members, the leads of the partnership."""
    contact = turn.contact
    if turn.level:
        # Once a level, one further down the list: whoever did not react to the first is not asked again.
        listed = CallContact.objects.filter(campus=turn.case.campus_id or 0, member__isnull=False)
        members = list(listed.order_by("order"))
        contact = members[min(turn.level, len(members)) - 1] if members else None
    if contact is not None and contact.member_id is not None:
        return [contact.member_id]
    if 0 < turn.level < LEADS_FROM_LEVEL or (contact is not None and not turn.level):
        return []
    leads = Membership.objects.live(at).filter(role=Role.LEAD, account__is_demonstration=False)
    return sorted(set(leads.values_list("account_id", flat=True)))


@job(title=gettext_lazy("Tell a member of an escalated alarm"), attempts=6, first_delay=timedelta(seconds=5))
def send_escalation(context: JobContext, *, case_id: int, account_id: int) -> str:
    """Send the letter, unless the case was closed or the member left meanwhile. Returns what was done."""
    case = Case.objects.get(pk=case_id)
    account = Account.objects.filter(pk=account_id, is_demonstration=False).first()
    if case.state == CaseState.CLOSED:
        return "closed meanwhile"
    if account is None or not sees_alarms_at(account, case.campus_id, at=context.at):
        return "no member who sees the case"
    told = {"number": case.number, "urgency": standing_of(case, at=context.at).urgency}
    link = settings.SITE_URL.rstrip("/") + reverse("alarms:case", args=[case.number])
    send_mail(
        _("Alarm case %(number)s waits: urgency %(urgency)d of 100") % told,
        _("Alarm case %(number)s was escalated. Urgency: %(urgency)d of 100.") % told + f"\n\n{link}\n",
        None,
        [account.email],
    )
    return "sent"
