"""What every write of programs shares: finding the row for this viewer, keeping it, and the audit's word."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any, TypeVar

from django.db.models import Max, Model, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from schoolward.domains.programs.models import MOST, Program
from schoolward.platform.access.permissions import AccessDenied, check, may
from schoolward.platform.access.policy import ALL_FIELDS, mask, visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

Row = TypeVar("Row", bound=Model)
KEY_LENGTH = 60

#: Addresses of other pages, which no program can have for its own.
RESERVED = frozenset(
    {
        "new",
        "to-count",
        "providers",
        "offerings",
        "sessions",
        "proposals",
        "volunteers",
        "contests",
        "rules",
        "assignments",
        "panels",
        "services",
        "attendance",
    }
)


class ProgramRefused(Exception):
    """It cannot be done that way; the message says what to do. ``field`` names the form field it is about,
    ``code`` says to a device what it may do."""

    def __init__(self, message: str, *, field: str = "", code: str = "") -> None:
        self.field = field
        self.code = code
        super().__init__(message)


def locked(model: type[Row], pk: int, *, by: Viewer, permission: str) -> Row:
    """Return the row for writing. Raises ``AccessDenied`` where the viewer lacks the permission or does not
    see the whole row."""
    subject = f"{model._meta.label}:{pk}"
    check(by, permission, subject)
    row = visible(model._default_manager.select_for_update(of=("self",)), by).filter(pk=pk).first()
    if row is None or mask(row, by) != ALL_FIELDS:
        raise AccessDenied(permission, subject)
    return row


def delivered(program_id: int, *, by: Viewer, permission: str = "programs.record") -> Program:
    """The program for writing down what its provider did. Raises ``AccessDenied`` for people of another
    provider who do not run programs."""
    program = locked(Program, program_id, by=by, permission=permission)
    if not by.is_system and not may(by, "programs.manage") and program.provider.agency_id != by.agency_id:
        raise AccessDenied(permission, f"programs.Program:{program_id}")
    return program


def happened(*, by: Viewer, at: datetime, on: date | None = None) -> dict[str, Any]:
    """The fields that say who did something and when, for a row that only grows."""
    return {"at": at, "on": on or timezone.localdate(at), "by_id": by.account_id, "by_name": by.account_name}


def audit(action: str, row: Model, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action: keys and numbers. It carries the true time of the request."""
    record(f"programs.{action}", by=by, at=by.at, subject=f"{row._meta.label}:{row.pk}", detail=detail)


def change(row: Model, changes: dict[str, Any], action: str, *, by: Viewer, **detail: Any) -> bool:
    """Write what differs, with one audit event; nothing when nothing does. Whether anything did."""
    different = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not different:
        return False
    for name, value in different.items():
        setattr(row, name, value)
    row.save(update_fields=sorted(different))
    audit(action, row, by=by, fields=sorted(different), **detail)
    return True


def said(text: str, field: str) -> str:
    """The text without spaces around it. Raises ``ProgramRefused`` where there is none."""
    if not text.strip():
        raise ProgramRefused(_("Say it in at least a few words."), field=field)
    return text.strip()


def in_order(first: date | None, last: date | None, field: str) -> None:
    """Raise ``ProgramRefused`` where the last day lies before the first."""
    if first is not None and last is not None and last < first:
        raise ProgramRefused(_("It ends before it starts."), field=field)


def believable(number: int | None, field: str) -> None:
    """Raise ``ProgramRefused`` for a count below none or beyond all belief."""
    if number is not None and not 0 <= number <= MOST:
        raise ProgramRefused(_("Write a number from 0 to %(most)s.") % {"most": f"{MOST:,}"}, field=field)


def next_number(rows: QuerySet[Any]) -> int:
    """The number of the next row among these."""
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def key_for(title: str, rows: QuerySet[Any], *, otherwise: str, name: str = "title") -> str:
    """A short name for a new row of this title that no row has yet. Raises ``ProgramRefused`` for a title
    that a row has already."""
    if rows.filter(**{f"{name}__iexact": title.strip()}).exists():
        raise ProgramRefused(_("There is one of this name already. Choose another."), field=name)
    base = slugify(title)[: KEY_LENGTH - 6].strip("-") or otherwise
    for number in count(1):
        key = base if number == 1 else f"{base}-{number}"
        if key not in RESERVED and not rows.filter(key=key).exists():
            return key
    raise AssertionError("counting ends never")


def free_key(key: str, rows: QuerySet[Any]) -> str:
    """The short name that was asked for. Raises ``ProgramRefused`` where it cannot be had."""
    if key in RESERVED:
        raise ProgramRefused(_("This short name is the address of another page."), field="key")
    if rows.filter(key=key).exists():
        raise ProgramRefused(_("Another has this short name."), field="key")
    return key
