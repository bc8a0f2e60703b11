"""Telling coordinators of referrals that stall, sealing diversions on their day, passing seats on.

A letter says that there are some, and nothing of whom.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.cases.actions import find_pairs, tell_of_stalled
from schoolward.domains.cases.actions.editions import give_half_years, give_tables
from schoolward.domains.cases.actions.sealing_diversions import order_due_seals
from schoolward.domains.cases.actions.seat_queue import put_in_order
from schoolward.domains.cases.actions.stalling import Stalled
from schoolward.platform.access import sealing
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import now, today
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every


@job(title=gettext_lazy("Tell coordinators of stalled referrals"), every=Every.DAY, after=timedelta(hours=5))
def tell_of_stalled_referrals(context: JobContext, *, period: str) -> dict[str, int]:
    """Mark what stalls and write to whoever answers it, once a referral and period (``states.STALLED``).

    Of what nobody took, or whose coordinator has left, all coordinators of the agency are told; of what
    stays, its leads as well.
    """
    system = Viewer.system(at=context.at, name="schedule")
    told = tell_of_stalled(on=today(context.at), by=system, at=context.at)
    letters = 0
    if settings.MAIL_IS_SENT:
        answering, leading = _by_reader(told, context.at)
        for late, write in ((answering, _write), (leading, _write_to_lead)):
            accounts = Account.objects.filter(pk__in=late, is_active=True, is_demonstration=False)
            for account in accounts.order_by("pk"):
                write(account, late[account.pk])
                letters += 1
    return {"stalled": len(told), "letters": letters}


def _by_reader(told: list[Stalled], at: datetime) -> tuple[Counter[int], Counter[int]]:
    """How many of these each account is told of: those who answer them, and the leads of their agency."""
    held: dict[tuple[int, str], set[int]] = defaultdict(set)
    live = Membership.objects.live(at).filter(
        agency__in={one.agency_id for one in told},
        role__in=(Role.PROGRAM_COORDINATOR, Role.LEAD),
        account__is_active=True,
    )
    for agency, role, account in live.values_list("agency", "role", "account"):
        held[agency, role].add(account)
    answering, leading = Counter[int](), Counter[int]()
    for one in told:
        coordinators = held[one.agency_id, str(Role.PROGRAM_COORDINATOR)]
        own = {one.coordinator_id} if one.coordinator_id in coordinators else coordinators
        answering.update(pk for pk in own if pk is not None)
        if one.to_leads:
            leading.update(held[one.agency_id, str(Role.LEAD)])
    return answering, leading


def _write(account: Account, number: int) -> None:
    link = settings.SITE_URL.rstrip("/") + reverse("cases:board")
    text = ngettext(
        "%(count)d referral that you answer for is past its day.",
        "%(count)d referrals that you answer for are past their day.",
        number,
    ) % {"count": number}
    send_mail(_("Referrals that wait"), f"{text}\n\n{link}\n", None, [account.email])


def _write_to_lead(account: Account, number: int) -> None:
    """A lead reads no referral: the letter says that there are some, and who is to be asked."""
    text = ngettext(
        "%(count)d referral of your agency has waited for weeks past its day. Ask its coordinators.",
        "%(count)d referrals of your agency have waited for weeks past their day. Ask its coordinators.",
        number,
    ) % {"count": number}
    send_mail(_("Referrals that nobody takes on"), f"{text}\n\n{settings.SITE_URL}\n", None, [account.email])


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


@job(title=gettext_lazy("Give this month's tables of cohorts"), every=Every.MONTH)
def give_tables_of_cohorts(context: JobContext, *, period: str) -> dict[str, int]:
    """Keep what each cohort came to; ``period`` is the month that began."""
    system = Viewer.system(at=context.at, name="schedule")
    return give_tables(on=today(context.at), by=system, at=context.at)


@job(
    title=gettext_lazy("Give the table of a half-year that is over"),
    every=Every.DAY,
    after=timedelta(hours=1),
)
def give_tables_of_half_years(context: JobContext, *, period: str) -> dict[str, int]:
    """Count a half-year once what came in it had time to be entered; ``period`` is the day."""
    system = Viewer.system(at=context.at, name="schedule")
    return {"given": give_half_years(on=today(context.at), by=system, at=context.at)}


@job(title=gettext_lazy("Pass seats on whose ground is gone"), every=Every.DAY, after=timedelta(hours=2))
def pass_seats_on(context: JobContext, *, period: str) -> dict[str, int]:
    """Take seats back whose family's yes ran out or was taken back, and offer them; ``period`` is the day."""
    system = Viewer.system(at=context.at, name="schedule")
    return {"seats": put_in_order(by=system, at=now(context.at))}
