"""What hangs on a protected record: the rows that would go with it, and of a person all that is about them.

Found by looking at the models, so that a new table about a young person is in it by itself: a row hangs on
what its foreign keys with ``CASCADE`` lead to, and on the person whom its ``subject`` names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models

from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.references import protected_models

Rows = dict[type[ProtectedRecord], set[int]]


def hanging_on(row: ProtectedRecord) -> Rows:
    """The numbers of the rows that hang on a record, by table, without the record; sealed ones, too.

    Of a record that is the person's own, every row about the person. Ask inside the system's part of the
    wall, and on PostgreSQL with ``sealing``, or sealed ones are not there.
    """
    found: Rows = {type(row): {row.pk}}
    if row.subject == f"{row._meta.label}:{row.pk}":
        for model in protected_models().values():
            about = model.including_sealed.filter(subject=row.subject)
            found.setdefault(model, set()).update(about.values_list("pk", flat=True))
    fresh: Rows = {model: set(numbers) for model, numbers in found.items()}
    while any(fresh.values()):
        before = {model: set(numbers) for model, numbers in found.items()}
        for model, numbers in fresh.items():
            for child, field in children(model):
                rows = child.including_sealed.filter(**{f"{field}__in": sorted(numbers)})
                found.setdefault(child, set()).update(rows.values_list("pk", flat=True))
        fresh = {model: numbers - before.get(model, set()) for model, numbers in found.items()}
    found[type(row)].discard(row.pk)
    return {model: found[model] for model in parents_first(found) if found[model]}


def children(model: type[models.Model]) -> Iterator[tuple[type[ProtectedRecord], str]]:
    """The protected tables that hang on this one, each with the foreign key by which it does."""
    for child in protected_models().values():
        for field in child._meta.concrete_fields:
            if _hangs(field) and field.related_model is model:
                yield child, field.name


def parents_first(tables: Iterable[type[ProtectedRecord]]) -> list[type[ProtectedRecord]]:
    """The tables in such an order that none comes before one that it hangs on."""
    left = sorted(tables, key=lambda model: model._meta.label)
    done: list[type[ProtectedRecord]] = []
    while left:
        ready = [model for model in left if not (set(_parents(model)) & set(left)) - {model}] or left[:1]
        done += ready
        left = [model for model in left if model not in ready]
    return done


def _parents(model: type[ProtectedRecord]) -> Iterator[type[models.Model]]:
    for field in model._meta.concrete_fields:
        if _hangs(field):
            yield field.related_model  # type: ignore[misc]


def _hangs(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
