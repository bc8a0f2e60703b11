"""The record of an address, if the viewer may see it; otherwise nobody learns that it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise

from schoolward.domains.programs import queries
from schoolward.domains.programs.actions import ProgramRefused
from schoolward.domains.programs.models import Offering, Program, Session
from schoolward.platform.access.permissions import AccessDenied, may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.form_pages import form_page, is_done

Text = str | Promise


def program_or_404(viewer: Viewer, key: str) -> Program:
    """The program of this short name."""
    return get_object_or_404(queries.programs(viewer), key=key)


def offering_or_404(viewer: Viewer, pk: int) -> Offering:
    """The offering of this number."""
    return get_object_or_404(queries.offerings(viewer), pk=pk)


def session_or_404(viewer: Viewer, pk: int) -> Session:
    """The session of this number."""
    return get_object_or_404(queries.sessions(viewer), pk=pk)


def writable(viewer: Viewer, row: Any, permission: str = "programs.record") -> None:
    """Close the page of a form to whoever sees only a part of the row. Raises ``AccessDenied``."""
    if not queries.may_write(viewer, row):
        raise AccessDenied(permission, f"{row._meta.label}:{row.pk}")


def delivers(viewer: Viewer, program: Program) -> bool:
    """Whether the viewer may write down what the program's provider did."""
    if not may(viewer, "programs.record"):
        return False
    return may(viewer, "programs.manage") or program.provider.agency_id == viewer.agency_id


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
    if is_done(form, act, ProgramRefused):
        messages.success(request, str(said))
        return redirect(back)
    return form_page(request, form, title=title, lead=lead, button=button, back=back)
