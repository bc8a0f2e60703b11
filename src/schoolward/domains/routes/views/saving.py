"""What the pages with a form share: saving, what is refused, and finding a row or nothing."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from schoolward.domains.routes.actions import RouteRefused
from schoolward.platform.ui import form_pages

Row = TypeVar("Row", bound=Model)

kept = partial(form_pages.kept, refused=RouteRefused)
pressed = partial(form_pages.pressed, refused=RouteRefused)


def found(rows: QuerySet[Row], **by: Any) -> Row:
    """The row, if it is among those that the viewer may see; otherwise nobody learns that it is there."""
    return get_object_or_404(rows, **by)
