"""What the pages with a form share: one action, a word of success, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schoolward.domains.funding.actions import FundingRefused
from schoolward.platform.ui.form_pages import form_page, is_done

Text = str | Promise


def kept(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    said: Text,
    back: str,
    title: Text,
    button: Text,
    lead: Text = "",
    what_next: Text = "",
) -> HttpResponse:
    """Show the form; once it is sent and right, do the one action and go back with a word."""
    if is_done(form, act, FundingRefused):
        messages.success(request, str(said))
        return redirect(back)
    return form_page(request, form, title=title, lead=lead, button=button, back=back, what_next=what_next)


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """The parts of the funding plan: label, address, and whether it is the one that is open."""
    parts = (
        ("funds", _("What is left")),
        ("candidates", _("What could be bought")),
        ("plans", _("Plans")),
        ("allocations", _("What was approved")),
    )
    return [(label, reverse(f"funding:{name}"), name == here) for name, label in parts]
