"""What the district's roster says otherwise than records, and deciding about each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.cases.actions import roster as actions
from schoolward.domains.cases.queries.roster import differences
from schoolward.domains.cases.views.finding import hides
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import Text, pressed


@require_safe
@requires(actions.KEEP)
def waiting(request: HttpRequest) -> HttpResponse:
    """The differences that wait for the viewer, a row each."""
    viewer = viewer_of(request)
    context = {
        "rows": differences(viewer),
        "asks_for_purpose": viewer.purpose != Purpose.YOUTH_PROGRAM,
    }
    return render(request, "cases/roster.html", context)


@require_POST
@requires(actions.KEEP)
@hides
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Write into the record what the roster says."""
    return _decided(request, pk, actions.take_over, _("Taken over into the record."))


@require_POST
@requires(actions.KEEP)
@hides
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the record as it is."""
    return _decided(
        request, pk, actions.leave, _("Left as it is. You are asked again if the roster changes.")
    )


def _decided(request: HttpRequest, pk: int, write: Callable[..., Any], said: Text) -> HttpResponse:
    viewer = viewer_of(request)
    return pressed(
        request,
        lambda: write(difference_id=pk, by=viewer, at=now(viewer.at)),
        refused=Refusal,
        said=said,
        back=reverse("cases:roster"),
    )
