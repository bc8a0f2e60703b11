"""The first agency and the first administrator of a new installation, made on the machine itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from schoolward.platform.access.actions import add_membership, open_account
from schoolward.platform.access.models import Account, Agency, AgencyKind
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


@transaction.atomic
def found_agency(*, name: str, kind: str, by: Viewer, at: datetime) -> Agency:
    """Return the agency of this name, made if there is none. Only the system itself may."""
    if not by.is_system:
        raise AccessDenied("access.found_agency")
    agency, made = Agency.objects.get_or_create(
        name=name, defaults={"key": slugify(name)[:50], "kind": kind, "created_at": at}
    )
    if made:
        record("access.agency_founded", by=by, at=at, subject=f"access.Agency:{agency.pk}")
    return agency


@transaction.atomic
def appoint_administrator(*, email: str, name: str, agency_name: str, by: Viewer, at: datetime) -> Account:
    """Open an administrator's account at a district, which is made if it is new.

    Raises ``AccountExists`` and ``UnfitMembership``.
    """
    agency = found_agency(name=agency_name, kind=AgencyKind.DISTRICT, by=by, at=at)
    account = open_account(email=email, name=name, by=by, at=at)
    add_membership(
        account=account,
        agency=agency,
        role=Role.ADMINISTRATOR,
        all_sites=True,
        campus_ids=(),
        valid_from=at.date(),
        valid_to=None,
        title="",
        by=by,
        at=at,
    )
    return account
