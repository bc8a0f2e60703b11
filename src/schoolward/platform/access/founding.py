"""The first agency and the first administrator of a new installation, made on the machine itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schoolward.platform.access.actions import add_membership, open_account
from schoolward.platform.access.agencies import agencies, open_agency
from schoolward.platform.access.models import Account, AgencyKind
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def appoint_administrator(*, email: str, name: str, agency_name: str, by: Viewer, at: datetime) -> Account:
    """Open an administrator's account at a district, which is made if it is new.

    Raises ``AccountExists`` and ``UnfitMembership``.
    """
    agency = agencies().filter(name__iexact=agency_name.strip()).first() or open_agency(
        name=agency_name, kind=AgencyKind.DISTRICT, by=by, at=at
    )
    account = open_account(email=email, name=name, by=by, at=at)
    add_membership(
        account=account,
        agency=agency,
        role=Role.ADMINISTRATOR,
        all_sites=True,
        campus_ids=(),
        valid_from=timezone.localdate(at),  # in the evening the day of UTC is the next one
        valid_to=None,
        title="",
        by=by,
        at=at,
    )
    return account
