"""Counting protected records is the system's to do; opening them is not.

A number is counted in the system's part of the wall, whoever asks for it: what keeps it from telling
about one person is its smallest count. Its records open to whoever reads them whole: who sees less of one
must not learn from a number's list what is kept of it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.together import shared


def is_protected(model: type[Model]) -> bool:
    """Whether rows of this table are about a person."""
    return issubclass(model, ProtectedRecord)


@shared
def count_of(rows: QuerySet[Any]) -> int:
    """How many rows there are. What a reading counts, and what is looked at to know whether it may be told,
    are often the very same rows: within ``together`` they are counted once."""
    with counting(rows):
        return rows.count()


def counting(*behind: Any) -> AbstractContextManager[None]:
    """The block in which these rows are counted; whatever is no queryset is passed over."""
    if any(isinstance(rows, QuerySet) and is_protected(rows.model) for rows in behind):
        return within(Viewer.system(at=timezone.now(), name="measure"))
    return nullcontext()
