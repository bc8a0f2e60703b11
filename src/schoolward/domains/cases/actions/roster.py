"""What a roster says otherwise than a record: noted by an import, taken over or left by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.keeping import change_youth
from schoolward.domains.cases.actions.recording import CaseRefused, NotTheirs, as_system, audit, youth_for
from schoolward.domains.cases.models import RosterDifference, RosterField, Settled, Youth, of_youth
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

KEEP = "cases.keep"


@dataclass(frozen=True, slots=True)
class Told:
    """What a roster says of a student: no more than is compared. ``school_id`` is ``None`` where untold."""

    given_name: str
    family_name: str
    school_id: int | None = None

    @property
    def legal_name(self) -> str:
        """First name and surname, as the roster spells them."""
        return " ".join(f"{self.given_name} {self.family_name}".split())


class Noted(StrEnum):
    """What came of holding a roster against a record."""

    NEW = "new"
    SETTLED = "settled"
    SAME = "same"


@transaction.atomic
def note_differences(*, youth_id: int, told: Told, by: Viewer, at: datetime) -> Noted:
    """Note in what a roster differs from a record; the record itself stays as it is.

    The same roster again notes nothing. What was left as it is stays left, until the roster says something
    else. Raises :class:`NotTheirs`.
    """
    with within(as_system(by)):
        youth = youth_for(youth_id, by=by)
        new, settled = [], []
        for field, values in _compared(youth, told):
            rows = RosterDifference.objects.filter(youth=youth, field=field).order_by("-pk")
            last = rows.first()
            if values and last is not None and _is_known(last, values):
                continue
            for row in rows.filter(state=Settled.OPEN):
                _settle(row, Settled.OVER, by=by, at=at)
                settled.append(str(field))
            if values:
                RosterDifference.objects.create(
                    **of_youth(youth),
                    field=field,
                    found_on=timezone.localdate(at),
                    invented=youth.invented,
                    **values,
                )
                new.append(str(field))
        if new or settled:
            audit("roster_compared", youth, by=by, differ=new, settled=settled)
    return Noted.NEW if new else Noted.SETTLED if settled else Noted.SAME


def take_over(*, difference_id: int, by: Viewer, at: datetime) -> RosterDifference:
    """Write into the record what the roster says. Raises :class:`NotTheirs` and :class:`CaseRefused`."""
    with transaction.atomic():
        found = _open(difference_id, by)
        changes: dict[str, Any] = {"school_id": found.told_school_id}
        if found.field == RosterField.LEGAL_NAME:
            changes = {"legal_name": found.told}
        change_youth(youth_id=found.youth_id, changes=changes, by=by, at=at)
        return _decided(found, Settled.TAKEN, by=by, at=at)


def leave(*, difference_id: int, by: Viewer, at: datetime) -> RosterDifference:
    """Leave the record as it is; the same word of a roster is not asked about again."""
    with transaction.atomic():
        return _decided(_open(difference_id, by), Settled.LEFT, by=by, at=at)


def _compared(youth: Youth, told: Told) -> list[tuple[RosterField, dict[str, Any]]]:
    """Each field with what the roster says otherwise; nothing where it says the same, or does not say."""
    name: dict[str, Any] = {}
    if not _is_called(youth.legal_name, told):
        name = {"told": told.legal_name[:200]}
    school: dict[str, Any] = {}
    if told.school_id is not None and told.school_id != youth.school_id:
        school = {"told_school_id": told.school_id}
    return [(RosterField.LEGAL_NAME, name), (RosterField.SCHOOL, school)]


def _is_known(last: RosterDifference, values: dict[str, Any]) -> bool:
    """Whether the roster said this before, and a person is asked, or has left the record as it is."""
    return last.state in (Settled.OPEN, Settled.LEFT) and all(
        getattr(last, name) == value for name, value in values.items()
    )


def _is_called(legal_name: str, told: Told) -> bool:
    """Whether a name is that of the roster, which tells no middle names; capitals aside."""
    kept = " ".join(legal_name.split()).casefold()
    given, family = (" ".join(part.split()).casefold() for part in (told.given_name, told.family_name))
    return kept == f"{given} {family}" or (
        kept.startswith(f"{given} ") and kept.endswith(f" {family}") and len(kept) > len(given) + len(family)
    )


def _open(pk: int, by: Viewer) -> RosterDifference:
    """A difference that waits, for whoever stands by the young person. Raises :class:`NotTheirs`."""
    check(by, KEEP, f"cases.RosterDifference:{pk}")
    with within(by):
        seen = visible(RosterDifference.objects.filter(pk=pk), by).first()
    if seen is None:
        raise NotTheirs(pk)
    with within(as_system(by)):
        youth_for(seen.youth_id, by=by)
        found = RosterDifference.objects.select_for_update(of=("self",)).get(pk=pk)
    if found.state != Settled.OPEN:
        raise CaseRefused(_("It is decided already: %(how)s.") % {"how": found.get_state_display()})
    return found


def _decided(found: RosterDifference, state: Settled, *, by: Viewer, at: datetime) -> RosterDifference:
    with within(as_system(by)):
        _settle(found, state, by=by, at=at)
        audit(f"roster_difference_{state}", found, by=by, field=found.field)
    return found


def _settle(row: RosterDifference, state: Settled, *, by: Viewer, at: datetime) -> None:
    row.state, row.decided_at, row.decided_by_id = state, at, by.account_id
    row.save(update_fields=["state", "decided_at", "decided_by"])
