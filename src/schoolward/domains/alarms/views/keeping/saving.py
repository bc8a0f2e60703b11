"""What every page that keeps something shares: its permission, and saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from schoolward.domains.alarms import actions
from schoolward.platform.ui.form_pages import Text, form_page, is_done

KEEP = "alarms.keep"


def kept(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    title: Text,
    back: str,
    lead: Text = "",
    button: Text = "",
    what_next: Text = "",
) -> HttpResponse:
    """Show the form, or write and go back to where the row stands."""
    if is_done(form, write, actions.AlarmRefused):
        messages.success(request, _("Saved."))
        return redirect(back)
    return form_page(
        request, form, title=title, lead=lead, button=button or _("Save"), back=back, what_next=what_next
    )
