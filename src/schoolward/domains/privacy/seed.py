"""The demonstration's sharing agreements, one in force and one that waits, and how long consents are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schoolward.platform.access.clock import MORNING
from schoolward.platform.access.models import Account, Agency, Agreement, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.retention import schedules
from schoolward.platform.access.roles import Role
from schoolward.platform.access.sharing import Terms, draft, shareable_fields, sign
from schoolward.platform.demo.registry import SeedContext, seed

IN_FORCE = "Consents known to the police (invented)"
YEAR = timedelta(days=365)
WAITING = "Consents known to the community partners (invented)"


@seed(12, "sharing agreements")
def sharing_agreements(context: SeedContext) -> str:
    """Draw up two agreements and sign one. Safe to run again."""
    by_key = {
        agency.key: agency for agency in Agency.objects.filter(key__in=("district", "police", "community"))
    }
    for title, recipient in ((IN_FORCE, "police"), (WAITING, "community")):
        if Agreement.objects.filter(title=title).exists():
            continue
        made = draft(
            terms=Terms(
                title=title,
                owner=by_key["district"],
                recipient=by_key[recipient],
                record_classes=("protected",),
                purposes=("school_safety", "youth_program"),
                fields=shareable_fields(),
                valid_from=context.today,
                valid_to=context.today + YEAR,
            ),
            by=context.by,
            at=context.at,
        )
        _sign(made, Role.TRUSTEE, by_key["district"], context)
        if recipient == "police":
            _sign(made, Role.LEAD, by_key["police"], context)
    return "2 sharing agreements"


@seed(13, "retention schedules")
def retention_schedules(context: SeedContext) -> str:
    """Say how long consents are kept, by an invented policy that no counsel has read. Safe to run again."""
    day = context.today
    if not schedules.live(day).filter(table="access.Consent").exists():
        rule = schedules.Rule(
            table="access.Consent",
            record_class="protected",
            after="closed",
            years=5,
            citation="Board policy on consents (invented)",
            valid_from=day,
        )
        schedules.set_schedule(rule=rule, by=context.by, at=_moment(context))
    return "1 retention schedule"


def _moment(context: SeedContext) -> datetime:
    """The morning of the day by which the demonstration is judged."""
    return datetime.combine(context.today, MORNING, tzinfo=UTC)


def _sign(agreement: Agreement, role: Role, agency: Agency, context: SeedContext) -> None:
    """By the demonstration's account of the role at the agency."""
    demonstration = Account.objects.filter(is_demonstration=True)
    held = Membership.objects.filter(role=role, agency=agency, account__in=demonstration)
    membership = held.select_related("account", "agency").get()
    sign(agreement=agreement, by=viewer_for(membership, at=context.at), at=_moment(context))
