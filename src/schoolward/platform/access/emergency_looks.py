"""What an open emergency look shows to whoever broke the glass: the fields that policies open, no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Field, ForeignKey
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from schoolward.platform.access.breaking_glass import BREAK, own
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.models import Emergency, ProtectedRecord
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import mask, policy_for
from schoolward.platform.access.references import protected_models, reference
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Told:
    """One field of an opened record: its name in the table, its label, what it says."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Opened:
    """One record that the look opens, as a table and a number, and what it tells."""

    record: str
    kind: str
    fields: tuple[Told, ...]


class LookClosed(Refusal):
    """Its three hours are over, or somebody has judged it: it shows nothing any more."""


def look(*, emergency_id: int, by: Viewer) -> tuple[Emergency, list[Opened]]:
    """One of the viewer's own emergency looks and the records that it opens, each reading on the record.

    Raises ``Emergency.DoesNotExist`` for one of somebody else, and :class:`LookClosed`.
    """
    check(by, BREAK)
    emergency = own(by).filter(account=by.account_id or 0).get(pk=emergency_id)
    if not Emergency.objects.live(by.at).filter(pk=emergency.pk).exists():
        raise LookClosed(_("This look is closed. If there is danger still, open another."))
    return emergency, list(_opened(emergency.subject, by))


def _opened(subject: str, by: Viewer) -> Iterator[Opened]:
    for model in protected_models().values():
        policy = policy_for(model)
        if policy is None or policy.protection is None or by.role not in policy.protection.emergency_roles:
            continue
        fields = policy.protection.emergency_fields - set(policy.protection.special)
        for row in read(model.objects.filter(subject=subject).order_by("pk"), by, fields=fields):
            told = tuple(_told(row, fields & mask(row, by)))
            if told:
                yield Opened(reference(row), capfirst(str(model._meta.verbose_name)), told)


def _told(row: ProtectedRecord, names: frozenset[str]) -> Iterator[Told]:
    """The fields in the order of the table; what is empty, and what leads to another record, is left out."""
    for field in row._meta.concrete_fields:
        if field.name not in names or _leads_to_a_record(field):
            continue
        value = getattr(row, f"get_{field.name}_display", lambda field=field: getattr(row, field.name))()
        if value not in (None, ""):
            yield Told(field.name, capfirst(str(field.verbose_name)), _written(value))


def _leads_to_a_record(field: Field) -> bool:
    return isinstance(field, ForeignKey) and issubclass(field.related_model, ProtectedRecord)


def _written(value: object) -> str:
    return date_format(value) if isinstance(value, date | datetime) else str(value)
