"""Pages of truancy: what is due, and one student's standing with the law behind each duty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.analysis.attendance import DutyState
from schoolward.domains.cases.actions import truancy as actions
from schoolward.domains.cases.forms.centre import ContractForm, DeedForm, KeptForm
from schoolward.domains.cases.queries import truancy as queries
from schoolward.domains.cases.views.centre import has_purpose
from schoolward.platform.access.permissions import may
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, kept, sent

ON_A_PAGE = 25


@require_safe
@requires("centre.view")
def due(request: HttpRequest) -> HttpResponse:
    """What is to be done about truancy, by its day, page by page: who stands on it is on the record."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    asked = queries.waiting(viewer, day)
    page = Paginator(asked, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"youth": one.youth, "duty": one.duty, "state": one.duty.state(day)}
        for one in queries.shown(viewer, list(page.object_list))
    ]
    context = {
        "rows": rows,
        "page": page,
        "late": sum(one.duty.state(day) is DutyState.LATE for one in asked),
        "on": day,
        "has_purpose": has_purpose(viewer),
    }
    return render(request, "centre/truancy_due.html", context)


@require_safe
@requires("centre.view")
def student(request: HttpRequest, pk: int) -> HttpResponse:
    """How one student stands, and what the law asks next."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    found = _found(viewer, pk)
    duties = [{"duty": duty, "state": duty.state(day)} for duty in found.truancy.duties]
    context = {
        "standing": found,
        "truancy": found.truancy,
        "youth": found.youth,
        "duties": duties,
        "on": day,
        "may_keep": may(viewer, "centre.keep"),
    }
    return render(request, "centre/truancy.html", context)


@FORM
@requires("centre.keep")
def deed(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was done."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    kind = request.GET.get("kind", "")
    form = DeedForm(sent(request), initial={"on": today(viewer.at), "kind": kind})
    return _kept(
        request,
        form,
        lambda: actions.note_deed(youth_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        pk,
        _("What was done"),
    )


@FORM
@requires("centre.keep")
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a contract of the review board."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    form = ContractForm(sent(request), initial={"signed_on": today(viewer.at)})
    return _kept(
        request,
        form,
        lambda: actions.sign_contract(youth_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        pk,
        _("Contract with the review board"),
    )


@FORM
@requires("centre.keep")
def contract_close(request: HttpRequest, pk: int, contract: int) -> HttpResponse:
    """Say whether a contract was kept."""
    viewer = viewer_of(request)
    if all(one.pk != contract for one in _found(viewer, pk).contracts):
        raise Http404
    form = KeptForm(sent(request))
    return _kept(
        request,
        form,
        lambda: actions.close_contract(
            contract_id=contract, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        pk,
        _("Was the contract kept?"),
    )


def _found(viewer: Viewer, pk: int) -> queries.Standing:
    found = queries.standing(viewer, pk, today(viewer.at))
    if found is None:
        raise Http404
    return found


def _kept(
    request: HttpRequest, form: forms.Form, write: Callable[[], Any], youth: int, title: str
) -> HttpResponse:
    return kept(
        request,
        form,
        write,
        refused=Refusal,
        said=_("Written down."),
        back=reverse("centre:truancy", args=[youth]),
        title=title,
        button=_("Save"),
    )
