"""Keeping whom to call about ground of a jurisdiction: one number for each and each use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.telephone import can_be_dialled
from schoolward.domains.people.models import ResponseNumber, Serves, Use
from schoolward.platform.access.models import Agency
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

PERMISSION = "people.numbers"


class UnfitNumber(ValueError):
    """The number cannot be kept so. ``field`` names which value, the message the mend."""

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, and whether that changed anything: ``created``, ``updated`` or ``unchanged``."""

    row: ResponseNumber
    outcome: str


def keep_number(
    *, serves: str, use: str, agency: Agency, title: str, phone: str, by: Viewer, at: datetime
) -> Kept:
    """Keep the number of a jurisdiction and use, new or in place of what is kept. Raises
    :class:`UnfitNumber`."""
    there = ResponseNumber.objects.filter(serves=serves, use=use).first()
    return change_number(
        number=there, serves=serves, use=use, agency=agency, title=title, phone=phone, by=by, at=at
    )


@transaction.atomic
def change_number(
    *,
    number: ResponseNumber | None,
    serves: str,
    use: str,
    agency: Agency,
    title: str,
    phone: str,
    by: Viewer,
    at: datetime,
) -> Kept:
    """Write a number, new (``None``) or known. Raises :class:`UnfitNumber`, also where another number stands
    for the same jurisdiction and use."""
    check(by, PERMISSION)
    title, phone = " ".join(title.split()), " ".join(phone.split())
    _check(number, serves, use, title, phone)
    values = {"serves": Serves(serves), "use": Use(use), "agency": agency, "title": title, "phone": phone}
    if number is not None and all(getattr(number, name) == value for name, value in values.items()):
        return Kept(number, "unchanged")
    row = number or ResponseNumber()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(
        "people.number_kept",
        by=by,
        at=at,
        subject=f"people.ResponseNumber:{row.pk}",
        detail={"new": number is None, "serves": row.serves, "use": row.use, "phone": row.phone},
    )
    return Kept(row, "created" if number is None else "updated")


@transaction.atomic
def remove_number(*, number: ResponseNumber, by: Viewer, at: datetime) -> None:
    """Take a number away: the desk then says that none is kept."""
    check(by, PERMISSION)
    record(
        "people.number_removed",
        by=by,
        at=at,
        subject=f"people.ResponseNumber:{number.pk}",
        detail={"serves": number.serves, "use": number.use, "phone": number.phone},
    )
    number.delete()


def _check(number: ResponseNumber | None, serves: str, use: str, title: str, phone: str) -> None:
    if (use == Use.GUARD) != (serves == Serves.EVERYWHERE):
        raise UnfitNumber(
            _("A guard desk serves every site, and police serve a jurisdiction. Choose both to fit."),
            field="use",
        )
    if not title:
        raise UnfitNumber(_("Write what the desk shows, such as “City, non-emergency”."), field="title")
    if not can_be_dialled(phone):
        raise UnfitNumber(
            _("“%(phone)s” cannot be dialed. Write a number such as 911 or 916-555-0100.") % {"phone": phone},
            field="phone",
        )
    others = ResponseNumber.objects.filter(serves=serves, use=use)
    if number is not None:
        others = others.exclude(pk=number.pk)
    if others.exists():
        raise UnfitNumber(_("A number for this is kept already. Change that one."), field="serves")
