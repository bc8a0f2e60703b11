"""Opening and renaming agencies, the partners of the partnership. Each is one transaction and one event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from schoolward.platform.access.models import Agency, AgencyKind, Membership
from schoolward.platform.access.permissions import check
from schoolward.platform.access.roles import DESCRIPTIONS, Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

PERMISSION = "access.accounts"
_LONGEST_KEY = 50


class UnfitAgency(ValueError):
    """The agency cannot be called so, or be of this kind. ``field`` names which, the message the mend."""

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


def agencies() -> QuerySet[Agency]:
    """Every agency, by name."""
    return Agency.objects.order_by("name")


@transaction.atomic
def open_agency(*, name: str, kind: str, by: Viewer, at: datetime) -> Agency:
    """Take a partner in. Raises :class:`UnfitAgency` when another has the name."""
    check(by, PERMISSION)
    name = _fit_name(name, None)
    agency = Agency.objects.create(key=_free_key(name), name=name, kind=AgencyKind(kind), created_at=at)
    record(
        "access.agency_opened",
        by=by,
        at=at,
        subject=f"access.Agency:{agency.pk}",
        detail={"key": agency.key, "kind": agency.kind},
    )
    return agency


@transaction.atomic
def change_agency(*, agency: Agency, name: str, kind: str, by: Viewer, at: datetime) -> bool:
    """Change what an agency is called and of what kind it is. Whether anything changed.

    Its short key stays, because it stands in the audit. Raises :class:`UnfitAgency` when somebody holds a
    role there that an agency of the new kind does not have.
    """
    check(by, PERMISSION)
    name = _fit_name(name, agency.pk)
    if (name, kind) == (agency.name, agency.kind):
        return False
    held = Membership.objects.live(at).filter(agency=agency).values_list("role", flat=True).distinct()
    unfit = next((role for role in held if kind not in DESCRIPTIONS[Role(role)].agency_kinds), None)
    if unfit is not None:
        raise UnfitAgency(
            _("Somebody is %(role)s there, which an agency of this kind does not have. End that first.")
            % {"role": Role(unfit).label},
            field="kind",
        )
    agency.name, agency.kind = name, AgencyKind(kind)
    agency.save(update_fields=["name", "kind"])
    record(
        "access.agency_changed",
        by=by,
        at=at,
        subject=f"access.Agency:{agency.pk}",
        detail={"key": agency.key, "kind": agency.kind},
    )
    return True


@transaction.atomic
def revoke_agency(*, agency: Agency, reason: str, by: Viewer, at: datetime) -> None:
    """An agency leaves the partnership: from the next request on nobody acts for it.

    None of its agreements opens anything. Raises :class:`UnfitAgency` for one's own, or one that has left.
    """
    check(by, PERMISSION)
    if agency.pk == by.agency_id:
        raise UnfitAgency(_("This is your own agency: somebody of another one does this."), field="")
    if agency.revoked_at is not None:
        raise UnfitAgency(_("It has left already."), field="")
    _set_revoked(agency, at, "access.agency_revoked", reason, by, at)


@transaction.atomic
def readmit_agency(*, agency: Agency, reason: str, by: Viewer, at: datetime) -> None:
    """Take an agency back in. Its memberships and agreements hold again, as far as their own days go.

    Raises :class:`UnfitAgency` where it has not left.
    """
    check(by, PERMISSION)
    if agency.revoked_at is None:
        raise UnfitAgency(_("It has not left."), field="")
    _set_revoked(agency, None, "access.agency_readmitted", reason, by, at)


def _set_revoked(
    agency: Agency, moment: datetime | None, action: str, reason: str, by: Viewer, at: datetime
) -> None:
    agency.revoked_at = moment
    agency.save(update_fields=["revoked_at"])
    detail = {"key": agency.key, "reason": reason[:200]}
    record(action, by=by, at=at, subject=f"access.Agency:{agency.pk}", detail=detail)


def _fit_name(name: str, own: int | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise UnfitAgency(_("Give the agency's name."), field="name")
    same = Agency.objects.filter(name__iexact=name)
    if (same if own is None else same.exclude(pk=own)).exists():
        raise UnfitAgency(_("Another agency has this name."), field="name")
    return name


def _free_key(name: str) -> str:
    """A short key from the name; numbered where another agency has it, or where no letter is left of it."""
    stem = slugify(name)[:_LONGEST_KEY] or "agency"
    taken = set(Agency.objects.filter(key__startswith=stem).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem[: _LONGEST_KEY - len(str(number)) - 1]}-{number}"
    return key
