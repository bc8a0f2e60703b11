"""The demonstration's agreements by which partners see something of a referral: invented, and titled so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schoolward.domains.cases.relations import (
    ANSWERED,
    DELIVERED,
    KNOWN,
    KNOWN_AT_HOME,
    TAUGHT,
    TAUGHT_HOURS,
    TAUGHT_MEMBER,
)
from schoolward.platform.access.clock import MORNING
from schoolward.platform.access.models import Account, Agency, Agreement, Membership, RecordClass
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.roles import Role
from schoolward.platform.access.sharing import Terms, draft, sign
from schoolward.platform.demo.registry import SeedContext

TITLES = {
    "community": "Referrals of families that said yes, to community partners (invented)",
    "police": "What became of referrals, and students of academies, to the police (invented)",
}
_SEAT = ("id", "youth", "referral", "offering", "guardian", "state", "offered_on", "confirmed_on", "invented")
_MONTH = ("id", "youth", "referral", "month", "justice", "school", "family", "club", "invented")
TO_PARTNERS = (
    *(f"cases.Referral.{name}" for name in sorted(DELIVERED)),
    *(f"cases.Youth.{name}" for name in sorted(KNOWN)),
    *(f"cases.Guardian.{name}" for name in sorted(KNOWN_AT_HOME)),
    "cases.Service.offering",
    "cases.Service.planned",
    "cases.Service.attended",
    "cases.Service.referral",
    *(f"cases.ClassSeat.{name}" for name in _SEAT),
    *(f"cases.MonthlyTrack.{name}" for name in _MONTH),
)
TO_POLICE = (
    *(f"cases.Referral.{name}" for name in sorted(ANSWERED)),
    *(f"cases.Youth.{name}" for name in sorted(TAUGHT)),
    *(f"cases.AcademyMember.{name}" for name in sorted(TAUGHT_MEMBER)),
    *(f"cases.ServiceHours.{name}" for name in sorted(TAUGHT_HOURS)),
)


def make_agreements(context: SeedContext) -> None:
    """What the district tells its partners: of families that said yes, and what became of a referral."""
    by_key = {agency.key: agency for agency in Agency.objects.filter(key__in=("district", *TITLES))}
    for key, fields in (("community", TO_PARTNERS), ("police", TO_POLICE)):
        if Agreement.objects.filter(title=TITLES[key]).exists():
            continue
        first = context.today
        moment = datetime.combine(first, MORNING, tzinfo=UTC)  # the day by which it is judged there
        made = draft(
            terms=Terms(
                title=TITLES[key],
                owner=by_key["district"],
                recipient=by_key[key],
                record_classes=(RecordClass.EDUCATION,),
                purposes=("youth_program", "school_safety"),
                fields=fields,
                valid_from=first,
                valid_to=first + timedelta(days=365),
            ),
            by=context.by,
            at=moment,
        )
        signers = ((Role.TRUSTEE, "district"), (Role.PROVIDER if key == "community" else Role.LEAD, key))
        for role, agency in signers:
            held = Membership.objects.filter(
                role=role, agency=by_key[agency], account__in=Account.objects.filter(is_demonstration=True)
            )
            sign(agreement=made, by=viewer_for(held.get(), at=context.at), at=moment)
