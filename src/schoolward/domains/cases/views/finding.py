"""Finding the row of a page: what is not the viewer's looks like what is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.models import Guardian, Referral, Youth
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.policy import mask
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.form_pages import Text, kept

Answer = TypeVar("Answer")


def referral_or_404(viewer: Viewer, pk: int, *, keeping: bool = False) -> Referral:
    """The referral, with its disclosure on the record; for writing, one that the viewer answers."""
    found = queries.seen_referral(viewer, pk)
    if found is None or (keeping and not queries.may_keep(viewer, found)):
        raise Http404
    return found


def youth_or_404(viewer: Viewer, pk: int, *, keeping: bool = False) -> Youth:
    """The young person, with the disclosure on the record; for writing, one whom the viewer stands by."""
    found = queries.seen_youth(viewer, pk)
    if found is None or (keeping and "coordinator" not in mask(found, viewer)):
        raise Http404
    return found


def guardian_or_404(viewer: Viewer, pk: int) -> Guardian:
    """An adult who stands for a young person whom the viewer stands by."""
    found = read(Guardian.objects.filter(pk=pk), viewer)
    if not found or found[0].youth_id is None:
        raise Http404
    youth_or_404(viewer, found[0].youth_id, keeping=True)
    return found[0]


def names_of(viewer: Viewer, youth_ids: set[int]) -> dict[int, str]:
    """What the viewer may call these young people, each reading on the record."""
    rows = read(
        Youth.objects.filter(pk__in=youth_ids),
        viewer,
        fields=frozenset({"legal_name", "preferred_name"}),
    )
    return {row.pk: row.called or "" for row in rows}


def hides(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Answer 404 where an action finds no row of the viewer's."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        try:
            return view(request, *args, **kwargs)
        except actions.NotTheirs:
            raise Http404 from None

    return answer


def saved(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], Any],
    referral_pk: int,
    *,
    said: Text,
    title: Text,
    button: Text,
    lead: Text = "",
    what_next: Text = "",
) -> HttpResponse:
    """Show the form of a step; once it is sent and right, take it and go back to the referral."""
    return kept(
        request,
        form,
        write,
        refused=Refusal,
        said=said,
        back=reverse("cases:referral", args=[referral_pk]),
        title=title,
        button=button,
        lead=lead,
        what_next=what_next,
    )
