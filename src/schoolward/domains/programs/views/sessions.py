"""Pages of a session: heads counted on a telephone, a session that was not held, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.forms import (
    CancelForm,
    CountForm,
)
from schoolward.domains.programs.models import SessionState
from schoolward.domains.programs.views.finding import session_or_404, writable
from schoolward.domains.programs.views.saving import kept
from schoolward.platform.access.permissions import AccessDenied, may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, confirm_page, is_done, sent


@FORM
@requires("programs.view")
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, and the form that counts heads: made for a telephone, and safe when it is sent twice."""
    viewer = viewer_of(request)
    found = session_or_404(viewer, pk)
    day = today(viewer.at)
    may_see = queries.may_write(viewer, found)
    may_count = may_see and may(viewer, "programs.record")
    if request.method == "POST" and not may_count:
        raise AccessDenied("programs.record", f"programs.Session:{pk}")
    form = CountForm(sent(request), session=found) if may_count else None
    if form is not None and is_done(
        form,
        lambda: actions.record_count(session_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        actions.ProgramRefused,
    ):
        messages.success(request, _("Counted."))
        more = queries.to_count(viewer, on=day)
        return redirect("programs:to_count") if more else redirect("programs:offering", found.offering_id)
    context = {
        "session": found,
        "on": day,
        "form": form if found.state != SessionState.CANCELLED and found.on <= day else None,
        "is_ahead": found.on > day,
        "may_see": may_see,
        "may_count": may_count,
        "counts": queries.counts(viewer).filter(session=found) if may_see else [],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "programs/session.html", context, status=status)


@FORM
@requires("programs.record")
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a session did not take place."""
    viewer = viewer_of(request)
    found = session_or_404(viewer, pk)
    writable(viewer, found)
    form = CancelForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.cancel_session(session_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Cancelled."),
        back=reverse("programs:offering", args=[found.offering_id]),
        title=_("Did not take place: %(title)s, %(day)s")
        % {"title": found.offering.program.title, "day": date_format(found.on, "F j, Y")},
        lead=_("It then counts as planned and not given."),
        button=_("Cancel the session"),
    )


@FORM
@requires("programs.record")
def session_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a cancellation back."""
    viewer = viewer_of(request)
    found = session_or_404(viewer, pk)
    writable(viewer, found)
    back = reverse("programs:session", args=[pk])
    if request.method == "POST":
        try:
            actions.reinstate_session(session_id=pk, by=viewer, at=now(viewer.at))
        except actions.ProgramRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It is planned again."))
        return redirect(back)
    return confirm_page(
        request,
        title=_("Take the cancellation back: %(title)s, %(day)s")
        % {"title": found.offering.program.title, "day": date_format(found.on, "F j, Y")},
        consequences=_("The session is then planned again and waits for its count."),
        button=_("Take it back"),
        back=back,
    )
