"""Counting what is invented: records of any table that carry the mark."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst

from schoolward.platform.measures.together import shared

MARKS: tuple[str, ...] = ("invented", "generated")
"""The names that a table gives to its mark of invented or generated rows."""


INCIDENTS = "Incidents"
"""The name under which incident records are counted."""


@shared
def invented_rows() -> list[tuple[str, int]]:
    """(what, how many) for each table with such records.

    Left out are the reports' own editions, and tables that are derived from records (``is_derived``).
    """
    found = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()} & set(MARKS)
        if not names or model._meta.app_label == "reports" or getattr(model, "is_derived", False):
            continue
        marked = Q()
        for name in sorted(names):
            marked |= Q(**{name: True})
        count = model._base_manager.filter(marked).count()
        if count:
            found.append((capfirst(str(model._meta.verbose_name_plural)), count))
    return sorted(found)
