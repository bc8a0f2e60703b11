"""How initiatives are found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.models import Initiative
from schoolward.domains.initiatives.queries import initiatives
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe(initiative: Initiative, viewer: Viewer) -> Hit:
    """Title, kind and status."""
    detail = f"{initiative.get_kind_display()} · {initiative.status_on(today(viewer.at)).label}"
    return Hit(initiative.title, reverse("initiatives:detail", args=[initiative.key]), detail)


def find(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Initiatives whose title or summary holds the words."""
    return initiatives(viewer).filter(holds_words(text, "title", "summary"))[:limit]


register(RecordKind("initiatives.Initiative", _("Initiatives"), describe, find, order=50))
