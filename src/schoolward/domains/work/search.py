"""How work is found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.queries import IN_ORDER, work_items
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe(item: WorkItem, viewer: Viewer) -> Hit:
    """Reference and title, where it is and how it stands."""
    place = item.campus.name if item.campus is not None else ""
    detail = " · ".join(part for part in (place, str(item.get_state_display())) if part)
    return Hit(f"{item.reference} {item.title}", reverse("work:detail", args=[item.pk]), detail)


def find(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Work whose reference, title or site holds the words, open work first."""
    matching = work_items(viewer).filter(holds_words(text, "reference", "title", "campus__name"))
    return matching.order_by(*IN_ORDER)[:limit]


register(RecordKind("work.WorkItem", _("Work"), describe, find, related=("campus",), order=40))
