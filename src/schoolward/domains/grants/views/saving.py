"""What the pages with a form share: one action, a word of success, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from schoolward.domains.grants.actions import GrantRefused
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
) -> HttpResponse:
    """Show the form; once it is sent and right, do the one action and go back with a word."""
    if is_done(form, act, GrantRefused):
        messages.success(request, str(said))
        return redirect(back)
    return form_page(request, form, title=title, lead=lead, button=button, back=back)
