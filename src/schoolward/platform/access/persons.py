"""Finding a person's reference by the name and the day of birth, both as they stand on the record.

There is no list and no half of a name: who asks knows the person already. Each asking is an event, also one
that found nobody; no event holds a name. A domain registers its table of persons as it registers policies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import policy_for
from schoolward.platform.access.references import protected_models, reference
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Event

FIND = "persons.find"
SOUGHT = "access.person_sought"
LONGEST_NAME = 200
MOST_MISSES, MISSES_WITHIN = 10, timedelta(hours=1)
"""Whoever types so many names that nobody has is guessing."""
MOST_FOUND = 5


@dataclass(frozen=True)
class Persons:
    """A protected table whose rows are persons.

    ``named`` are its rows of that name, born on that day; ``alike`` those that may be the person of a row.
    ``put_together_at`` is the address (a name) where two rows of one person are put together.
    """

    model: str
    named: Callable[[str, date], list[ProtectedRecord]]
    alike: Callable[[ProtectedRecord], Iterable[ProtectedRecord]]
    put_together_at: str = ""


_persons: dict[str, Persons] = {}


def persons(declared: Persons) -> Persons:
    """Add a table of persons. Raises ``ValueError`` when the table is there."""
    if declared.model in _persons:
        raise ValueError(f"{declared.model} says already how its persons are found")
    _persons[declared.model] = declared
    return declared


def is_of_a_person(subject: str) -> bool:
    """Whether a reference names a row of a table of persons."""
    return subject.partition(":")[0] in _persons


def put_together_at(subject: str) -> str:
    """The name of the address where two records of such a person are put together, or nothing."""
    declared = _persons.get(subject.partition(":")[0])
    return "" if declared is None else declared.put_together_at


def beside(*, subject: str, by: Viewer) -> list[str]:
    """The references of other records of the viewer's agency that may be of the same person, and no word of
    them. None where the subject is no person, or sealed."""
    label, _colon, number = subject.partition(":")
    declared = _persons.get(label)
    if declared is None:
        return []
    with within(Viewer.system(at=by.at, name=by.account_name)):
        row = protected_models()[label].objects.filter(pk=int(number)).first()
        others = [] if row is None else list(declared.alike(row))
    return sorted({reference(one) for one in others if by.is_system or one.agency_id == by.agency_id})


def find(*, name: str, born_on: date, by: Viewer, at: datetime) -> list[str]:
    """The references of the own agency's persons who are called so and were born on that day.

    Raises :class:`Refusal` where there is none, and where somebody is guessing. A sealed person is not there.
    """
    check(by, FIND)
    return _sought(
        name, born_on, by, at, why=FIND, seen=lambda row: by.is_system or row.agency_id == by.agency_id
    )


def find_in_emergency(*, name: str, born_on: date, permission: str, by: Viewer, at: datetime) -> list[str]:
    """The references of persons, whichever agency knows them, for whom the viewer's role may break the glass.

    Raises :class:`Refusal` as :func:`find` does, and where the role opens no such record at all.
    """
    check(by, permission)
    if not any(_opens(model, by) for model in _persons):
        raise Refusal(_("An emergency look opens no records of young people to your role."))
    return _sought(name, born_on, by, at, why=permission, seen=lambda row: _opens(row._meta.label, by))


def _opens(model: str, by: Viewer) -> bool:
    policy = policy_for(protected_models()[model])
    return (
        policy is not None
        and policy.protection is not None
        and by.role in policy.protection.emergency_roles
        and bool(policy.protection.emergency_fields)
    )


def _sought(
    name: str, born_on: date, by: Viewer, at: datetime, *, why: str, seen: Callable[[ProtectedRecord], bool]
) -> list[str]:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(_("Give the name as it stands on the record."), field="name")
    _not_guessing(by, at)
    with within(Viewer.system(at=by.at, name=by.account_name)):
        found = [reference(row) for one in _persons.values() for row in one.named(name, born_on) if seen(row)]
    with transaction.atomic():
        for subject in found or [""]:
            record(SOUGHT, by=by, at=at, subject=subject, detail={"for": why, "found": len(found)})
    if not found:
        raise Refusal(
            _(
                "Nobody of exactly this name was born on this day. Type both as they stand at school: "
                "the whole name, no short form."
            ),
            field="name",
        )
    if len(found) > MOST_FOUND:
        raise Refusal(_("More than %(most)d persons are called so.") % {"most": MOST_FOUND}, field="name")
    return found


def _not_guessing(by: Viewer, at: datetime) -> None:
    misses: QuerySet[Event] = Event.objects.filter(
        action=SOUGHT, account_id=by.account_id, at__gt=at - MISSES_WITHIN, detail__found=0
    )
    if by.account_id is not None and misses.count() >= MOST_MISSES:
        raise Refusal(
            _("You have looked for %(count)d persons whom nobody knows. Wait an hour, or ask for help.")
            % {"count": MOST_MISSES},
            field="name",
        )
