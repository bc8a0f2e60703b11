"""Pages that change work: each is one form and one action, and comes back to the piece of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.work import actions
from schoolward.domains.work.forms import FORM_OF_MOVE, AssignForm, DueForm, EvidenceForm, WorkForm
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import IllegalMove, Move, State, transition_for
from schoolward.domains.work.views.pages import item_or_404
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.platform.ui.form_pages import FORM, Text, add_refusal, form_page, is_done, sent

_ACTIONS: dict[Move, Callable[..., WorkItem]] = {
    Move.ACCEPT: actions.accept,
    Move.FUND: actions.fund,
    Move.UNFUND: actions.unfund,
    Move.SCHEDULE: actions.schedule,
    Move.COMPLETE: actions.complete,
    Move.VERIFY: actions.verify,
    Move.DECLINE: actions.decline,
    Move.REOPEN: actions.reopen,
}
_CONFLICT = 409


@FORM
@requires("work.view")
def make_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Make one move. A move that is not possible any more says so instead of failing."""
    viewer = viewer_of(request)
    item = item_or_404(viewer, pk)
    try:
        chosen = Move(move)
    except ValueError:
        raise Http404 from None
    try:
        step = transition_for(chosen, State(item.state))
    except IllegalMove as refusal:
        return _refused(request, item, refusal)
    check(viewer, step.permission, f"work.WorkItem:{pk}")
    form = FORM_OF_MOVE[chosen](sent(request), initial=_initial(item, request))
    if form.is_valid():
        try:
            _ACTIONS[chosen](item_id=pk, by=viewer, at=now(viewer.at), **form.arguments())
        except actions.WorkRefused as refusal:
            add_refusal(form, refusal)
        except IllegalMove as refusal:
            return _refused(request, item, refusal)
        else:
            messages.success(request, _("Saved. %(next)s") % {"next": form.next_step})
            return redirect("work:detail", pk=pk)
    return _form_page(request, form, item=item, title=form.button, lead=form.next_step, button=form.button)


@FORM
@requires("work.propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose work."""
    viewer = viewer_of(request)
    form = WorkForm(
        sent(request),
        viewer=viewer,
        initial={"campus_id": request.GET.get("site")},
    )
    if form.is_valid():
        try:
            item = actions.propose(by=viewer, at=now(viewer.at), **form.arguments())
        except actions.WorkRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Proposed. The safe-schools lead decides on it next."))
            return redirect("work:detail", pk=item.pk)
    return _form_page(
        request,
        form,
        title=_("Propose work"),
        lead=_(
            "After you propose it, the safe-schools lead or facilities accept it with a due date, or decline."
        ),
        button=_("Propose"),
    )


@FORM
@requires("work.describe")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the description."""
    viewer = viewer_of(request)
    item = item_or_404(viewer, pk)
    form = WorkForm(sent(request), viewer=viewer, initial=_initial(item, request))
    if is_done(
        form,
        lambda: actions.describe(item_id=pk, changes=form.arguments(), by=viewer, at=now(viewer.at)),
        actions.WorkRefused,
    ):
        messages.success(request, _("Saved."))
        return redirect("work:detail", pk=pk)
    return _form_page(
        request,
        form,
        item=item,
        title=_("Change the description"),
        lead=_("State, money and due date are changed by their own steps, so that each keeps its history."),
        button=_("Save"),
    )


@FORM
@requires("work.decide")
def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the due date."""
    return _simple_change(
        request,
        pk,
        DueForm,
        actions.change_due,
        title=_("Move the due date"),
        lead=_("The change and its reason stay on the page."),
        button=_("Move the due date"),
    )


@FORM
@requires("work.assign")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the work to a role."""
    return _simple_change(
        request,
        pk,
        AssignForm,
        actions.assign,
        title=_("Say who looks after it"),
        lead=_("It then stands on their morning page."),
        button=_("Assign"),
    )


@FORM
@requires("work.add_evidence")
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add proof, from a phone as well."""
    viewer = viewer_of(request)
    item = item_or_404(viewer, pk)
    form = EvidenceForm(
        sent(request),
        request.FILES if request.method == "POST" else None,
    )
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            actions.add_evidence(
                item_id=pk,
                kind=form.cleaned_data["kind"],
                text=form.cleaned_data["text"],
                stream=upload,
                file_name=upload.name if upload else "",
                by=viewer,
                at=now(viewer.at),
            )
        except (FileTooLarge, FileTypeRefused) as refusal:
            form.add_error("file", str(refusal))
        except actions.WorkRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The evidence is kept with the work."))
            return redirect("work:detail", pk=pk)
    return _form_page(
        request,
        form,
        item=item,
        title=_("Add evidence"),
        lead=_("Nothing is verified without it. Evidence is kept and cannot be changed afterwards."),
        button=_("Add"),
    )


def _simple_change(
    request: HttpRequest,
    pk: int,
    form_class: type[forms.Form],
    action: Callable[..., WorkItem],
    *,
    title: Text,
    lead: Text,
    button: Text,
) -> HttpResponse:
    viewer = viewer_of(request)
    item = item_or_404(viewer, pk)
    form = form_class(sent(request), initial=_initial(item, request))
    if is_done(
        form,
        lambda: action(item_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        actions.WorkRefused,
    ):
        messages.success(request, _("Saved."))
        return redirect("work:detail", pk=pk)
    return _form_page(request, form, item=item, title=title, lead=lead, button=button)


def _initial(item: WorkItem, request: HttpRequest) -> dict[str, Any]:
    """What the fields hold at first: what is known, and today for days that are asked for."""
    day = today(viewer_of(request).at)
    dollars = None if item.estimate_cents is None else item.estimate_cents / 100
    return {
        "title": item.title,
        "campus_id": item.campus_id,
        "kind": item.kind,
        "trade": item.trade,
        "severity": item.severity,
        "description": item.description,
        "estimate": dollars,
        "amount": dollars,
        "actual": None if item.funded_cents is None else item.funded_cents / 100,
        "done_on": day,
        "planned_on": item.planned_on,
        "due": item.due,
        "owner_role": item.owner_role,
    }


def _refused(request: HttpRequest, item: WorkItem, refusal: Exception) -> HttpResponse:
    return render(request, "work/refused.html", {"item": item, "reason": str(refusal)}, status=_CONFLICT)


def _form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Text,
    lead: Text,
    button: Text,
    item: WorkItem | None = None,
) -> HttpResponse:
    home = reverse("work:detail", args=[item.pk]) if item is not None else reverse("work:list")
    named = f"{title}: {item.title}" if item is not None else title
    return form_page(request, form, title=named, lead=lead, button=button, back=home)
