"""What the pages with a form share: saving, what is refused, and finding a row or nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions import RouteRefused, StandsAlready
from schoolward.domains.routes.models import Barrier, Crossing, WalkingBus
from schoolward.platform.ui import form_pages

Row = TypeVar("Row", bound=Model)

pressed = partial(form_pages.pressed, refused=RouteRefused)


def kept(request: HttpRequest, form: Form, write: Callable[[], Any], **told: Any) -> HttpResponse:
    """The page of one form and one action; a refusal leads to what stands already."""
    return form_pages.kept(request, form, leading(write), refused=RouteRefused, **told)


def leading(write: Callable[[], Any]) -> Callable[[], Any]:
    """The write, whose refusal to make the same twice gets a link to the one that stands."""

    def led() -> Any:
        try:
            return write()
        except StandsAlready as refusal:
            link = format_html(
                '{} <a href="{}">{}</a>',
                str(refusal),
                _page_of(refusal.row),
                _("Open the one that is there"),
            )
            raise RouteRefused(link, field=refusal.field) from refusal

    return led


def _page_of(row: Model) -> str:
    match row:
        case Barrier():
            return reverse("routes:barrier", args=[row.pk])
        case Crossing():
            return reverse("routes:crossing", args=[row.pk])
        case WalkingBus():
            return reverse("routes:bus", args=[row.key])
    raise TypeError(row)


def found(rows: QuerySet[Row], **by: Any) -> Row:
    """The row, if it is among those that the viewer may see; otherwise nobody learns that it is there."""
    return get_object_or_404(rows, **by)
