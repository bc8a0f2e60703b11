"""Lineage frozen and checked: which records a published number stood on, and whether they still do."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Reading, read_with_records
from schoolward.platform.measures.walls import counting

CHUNK = 900  # SQLite's oldest limit on parameters in one statement is 999


@dataclass(frozen=True)
class Lineage:
    """The records behind one number, packed. ``packed`` opens with :func:`unpack`."""

    model: str
    count: int
    digest: str
    packed: bytes
    query: str

    def keys(self) -> list[str]:
        """The record keys, ``"app.Model:pk"``."""
        return [f"{self.model}:{pk}" for pk in unpack(self.packed)]


def digest_of(model: str, pks: Iterable[object]) -> str:
    """SHA-256 over the model's name and the primary keys in order, one a line."""
    seal = hashlib.sha256(model.encode())
    for pk in pks:
        seal.update(f"\n{pk}".encode())
    return seal.hexdigest()


def unpack(packed: bytes) -> list[str]:
    """The primary keys, in order."""
    text = zlib.decompress(packed).decode()
    return text.split("\n") if text else []


def empty(model: str) -> Lineage:
    """The lineage of a number that shows no value."""
    return Lineage(model, 0, digest_of(model, ()), zlib.compress(b""), "")


def freeze(key: str, period: Period, scope: Scope) -> tuple[Reading, Lineage]:
    """Read a measure and take down the records that it was read from.

    A suppressed number is frozen without its records: their list would give the count away.
    """
    reading, queryset = read_with_records(key, period, scope)
    model = queryset.model._meta.label
    if reading.suppressed or not reading.collected:
        return reading, empty(model)
    with counting(queryset):
        pks = [str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)]
    packed = zlib.compress("\n".join(pks).encode(), 9)
    return reading, Lineage(model, len(pks), digest_of(model, pks), packed, _query_of(queryset))


def _query_of(queryset: QuerySet[Any]) -> str:
    """The query in words; none where Django knows without asking that no record fits, as ``pk__in=[]``."""
    try:
        return str(queryset.order_by("pk").values("pk").query)
    except EmptyResultSet:
        return ""


def missing(model: str, pks: Sequence[str]) -> int:
    """How many of the records are no longer there."""
    try:
        manager = apps.get_model(model)._base_manager
    except LookupError:
        return len(pks)
    found = 0
    with counting(manager.all()):
        for begin in range(0, len(pks), CHUNK):
            found += manager.filter(pk__in=pks[begin : begin + CHUNK]).count()
    return len(pks) - found
