"""What every write about a young person shares: finding the row for this viewer, and the audit's word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import as_system
from schoolward.platform.access.deciding import basis
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.references import reference
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record

Row = TypeVar("Row", bound=ProtectedRecord)
#: The relations that may write; whoever reads for another reason, such as a seal, changes nothing.
_WRITES = frozenset({"stands by them", "system"})


@contextmanager
def writing(by: Viewer, permission: str) -> Iterator[None]:
    """Check the permission and the purpose, and open the wall and one transaction.

    Raises ``AccessDenied``, and :class:`Refusal` where another purpose is stated.
    """
    check(by, permission)
    if not by.is_system and by.purpose != Purpose.YOUTH_PROGRAM:
        raise Refusal(
            _("State the purpose “Running a youth program” first: on the lists, or under your own name.")
        )
    with within(by), transaction.atomic():
        yield


def own(model: type[Row], pk: int, *, by: Viewer, permission: str) -> Row:
    """A row for writing, inside :func:`writing`. Raises ``AccessDenied`` where it is not the viewer's."""
    rows = visible(model.objects.select_for_update(of=("self",)), by)
    row: Row | None = rows.filter(pk=pk).first()
    if row is None or basis(row) not in _WRITES:
        raise AccessDenied(permission, f"{model._meta.label}:{pk}")
    return row


def judged(model: type[Row], pk: int, *, by: Viewer, permission: str, relations: frozenset[str]) -> Row:
    """A row of which one of the relations decides, for writing; inside :func:`writing`, write as the system.

    For whoever has to do with a young person of another agency. Raises ``AccessDenied``.
    """
    seen = visible(model.objects.filter(pk=pk), by).first()
    if seen is None or basis(seen) not in relations | _WRITES:
        raise AccessDenied(permission, f"{model._meta.label}:{pk}")
    with within(as_system(by)):
        return model.objects.select_for_update(of=("self",)).get(pk=pk)


def audit(action: str, row: ProtectedRecord, *, by: Viewer, at: datetime, **detail: Any) -> None:
    """The one audit event of an action: the record's reference, keys and numbers."""
    record(f"cases.{action}", by=by, at=at, subject=reference(row), detail=detail)
