"""Choosing through which membership, and for what purpose, one acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolward.platform.access.middleware import MEMBERSHIP_KEY, PURPOSE_KEY
from schoolward.platform.access.models import Membership
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.views import viewer_of
from schoolward.platform.audit.actions import record


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that asked, if it is one of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else "/")


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Act through another of one's own live memberships."""
    viewer = viewer_of(request)
    mine: list[Membership] = request.memberships  # type: ignore[attr-defined]
    wanted = request.POST.get("membership", "")
    chosen = next((membership for membership in mine if str(membership.pk) == wanted), None)
    if chosen is None:
        raise AccessDenied("access.act_as", f"access.Membership:{wanted[:20]}")
    if chosen.pk != viewer.membership_id:
        request.session[MEMBERSHIP_KEY] = chosen.pk
        record("access.acts_as", by=viewer, at=viewer.at, subject=f"access.Membership:{chosen.pk}")
        messages.success(request, _("You now act as %(membership)s.") % {"membership": chosen})
    return _back(request)


@require_POST
def state_purpose(request: HttpRequest) -> HttpResponse:
    """State for what purpose one looks from now on."""
    viewer = viewer_of(request)
    wanted = request.POST.get("purpose", "")
    if not viewer.is_known or wanted not in Purpose.values:
        raise AccessDenied("access.purpose", f"purpose:{wanted[:20]}")
    if wanted != viewer.purpose:
        request.session[PURPOSE_KEY] = wanted
        record("access.purpose_stated", by=viewer, at=viewer.at, subject=f"purpose:{wanted}")
    return _back(request)
