"""Pages that are one form and one action: shown, sent, refused with a word at the field, or done.

::

    @FORM
    @requires("doors.edit")
    def edit(request: HttpRequest, pk: int) -> HttpResponse:
        form = DoorForm(sent(request), initial=...)
        if is_done(form, lambda: actions.edit(door_id=pk, by=..., **form.cleaned_data), actions.DoorRefused):
            return redirect("doors:detail", pk)
        return form_page(request, form, title=_("Change the door"), button=_("Save"), back=...)

What has to be mended is told above the form: "Not saved yet". A form that only asks, and keeps nothing of
what is sent, says so with ``keeps_nothing = True``, and is told "Not answered yet" instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

Text = str | Promise

FORM = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; ``None`` while it is only looked at, also where it was sent empty."""
    return request.POST if request.method == "POST" else None


def is_done(form: forms.Form, write: Callable[[], Any], *refusals: type[Exception]) -> bool:
    """Whether the form was sent and right, and the write went through.

    One of ``refusals`` becomes an error of the field that it names in ``field``, else of the whole form.
    """
    if not form.is_valid():
        return False
    try:
        write()
    except refusals as refusal:
        add_refusal(form, refusal)
        return False
    return True


def kept(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    refused: type[Exception],
    said: Text,
    back: str,
    title: Text,
    button: Text,
    lead: Text = "",
    what_next: Text = "",
) -> HttpResponse:
    """Show the form; once it is sent and right, do the one write and go back with a word."""
    if is_done(form, write, refused):
        messages.success(request, str(said))
        return redirect(back)
    return form_page(request, form, title=title, lead=lead, button=button, back=back, what_next=what_next)


def pressed(
    request: HttpRequest, write: Callable[[], Any], *, refused: type[Exception], said: Text, back: str
) -> HttpResponse:
    """Do the one write of a button, and go back with a word: what was done, or why it was not."""
    try:
        write()
    except refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(said))
    return redirect(back)


def add_refusal(form: forms.Form, refusal: Exception) -> None:
    """Show a refusal at the field that it is about; a form may say what it calls that, in ``called_here``.

    What was typed stays. Hidden fields that the refusal gives ``anew`` are sent so the next time.
    """
    field = getattr(refusal, "field", "")
    field = getattr(form, "called_here", {}).get(field, field)
    form.add_error(field if field in form.fields else None, str(refusal))
    if isinstance(form.data, QueryDict):
        again = form.data.copy()
        for name, value in getattr(refusal, "anew", {}).items():
            if name in form.fields:
                again[form.add_prefix(name)] = value
        form.data = again


def confirm_page(
    request: HttpRequest, *, title: Text, consequences: Text, button: Text, back: str
) -> HttpResponse:
    """The page that asks before something is taken away."""
    context = {
        "title": title,
        "consequences": consequences,
        "cancel_url": back,
        "submit_label": button,
        "is_destructive": True,
    }
    return render(request, "ui/confirm.html", context)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Text,
    button: Text,
    back: str,
    lead: Text = "",
    what_next: Text = "",
    breadcrumbs: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """The page of a form; 422 when what was sent has to be mended."""
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "lead": lead,
        "what_next": what_next,
        "submit_label": button,
        "cancel_url": back,
    }
    if breadcrumbs is not None:
        context["breadcrumbs"] = breadcrumbs
    return render(request, "ui/form.html", context, status=422 if form.is_bound else 200)
