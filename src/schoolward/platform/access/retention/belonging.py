"""Rows that others belong to: the database keeps them until those are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db.models import PROTECT, ProtectedError
from django.utils.translation import gettext as _

from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


def belonged_to(
    model: type[ProtectedRecord], numbers: Collection[int], *, by: Viewer
) -> tuple[set[int], Counter[str]]:
    """Which of these rows others belong to and would not go with, and how many of each table do, by name.

    Judged as the system, because who disposes of a table need not see what belongs to it. Sealed ones count.
    """
    found: set[int] = set()
    tables: Counter[str] = Counter()
    with within(Viewer.system(at=by.at, name=by.account_name), sealing=True):
        for relation in model._meta.related_objects:
            if getattr(relation, "on_delete", None) is not PROTECT:
                continue
            child = relation.related_model
            rows = getattr(child, "including_sealed", child._default_manager)
            held = list(
                rows.filter(**{f"{relation.field.name}__in": numbers}).values_list(
                    relation.field.attname, flat=True
                )
            )
            found.update(held)
            if held:
                tables[str(child._meta.verbose_name_plural)] += len(held)
    return found, tables


def told(tables: Counter[str]) -> str:
    """Why rows cannot go, by tables and numbers and no names."""
    named = ", ".join(f"{name} ({number})" for name, number in sorted(tables.items()))
    return _("Other records still belong to some of these: %(tables)s. Dispose of those first.") % {
        "tables": named
    }


def of_error(kept: ProtectedError) -> Counter[str]:
    """What stood in the way of a deletion, by table."""
    return Counter(str(row._meta.verbose_name_plural) for row in kept.protected_objects)
