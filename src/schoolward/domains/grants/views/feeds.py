"""Calendar feeds: one's own, and what a calendar program reads."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.calendars import calendar_of
from schoolward.domains.grants.forms import FeedForm
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.form_pages import FORM, add_refusal, form_page, sent
from schoolward.protocols.icalendar import MEDIA_TYPE


def address_of(request: HttpRequest, secret: str) -> str:
    """The whole address of a feed."""
    return request.build_absolute_uri(reverse("grants:feed", args=[secret]))


@require_safe
@requires("grants.view")
def feeds(request: HttpRequest) -> HttpResponse:
    """One's own calendar feeds."""
    return render(request, "grants/feeds.html", {"feeds": queries.own_feeds(viewer_of(request))})


@FORM
@requires("grants.view")
def feed_new(request: HttpRequest) -> HttpResponse:
    """Make a feed; its address is shown this once."""
    viewer = viewer_of(request)
    form = FeedForm(sent(request))
    if form.is_valid():
        try:
            _feed, secret = actions.make_feed(by=viewer, at=viewer.at, **form.cleaned_data)
        except actions.GrantRefused as refusal:
            add_refusal(form, refusal)
        else:
            return render(request, "grants/feed.html", {"address": address_of(request, secret)})
    return form_page(
        request,
        form,
        title=_("Make a calendar feed"),
        lead=_("Your calendar program then shows what is due. The address is like a key: show it to nobody."),
        button=_("Make the feed"),
        back=reverse("grants:feeds"),
    )


@require_POST
@requires("grants.view")
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own feeds."""
    viewer = viewer_of(request)
    feed = get_object_or_404(queries.own_feeds(viewer), pk=pk)
    actions.revoke_feed(feed_id=feed.pk, by=viewer, at=viewer.at)
    messages.success(request, _("Revoked. Calendars that read it get nothing more."))
    return redirect("grants:feeds")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What is due, for a calendar program that knows the secret: what its owner may see at this moment."""
    at = viewer_of(request).at
    try:
        viewer = actions.viewer_of_feed(secret, at=at, address=request.META.get("REMOTE_ADDR", ""))
    except actions.TooManyReads:
        answer = _plain(_("Too many readings. Try again in an hour."), 429)
        answer["Retry-After"] = "3600"
        return answer
    if viewer is None or not may(viewer, "grants.view"):
        return _plain(_("This feed does not exist, or was revoked."), 404)
    made = calendar_of(viewer, on=today(at), at=at, root=settings.SITE_URL or request.build_absolute_uri("/"))
    answer = HttpResponse(made, content_type=MEDIA_TYPE)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _plain(words: str, status: int) -> HttpResponse:
    """An answer in words, of which no log keeps the path: the secret is in it."""
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer._has_been_logged = True  # type: ignore[attr-defined]  # what Django's own log of failures asks
    answer["Cache-Control"] = "private, no-store"
    return answer
