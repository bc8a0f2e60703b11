"""One's own account: what one may act as, sessions, second factor, tokens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.people.forms import TokenForm
from schoolward.domains.people.queries import tokens_of
from schoolward.platform.access import actions, tokens
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, form_page, sent

OWN = "access.tokens"


@requires(OWN)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What one may act as, for which purpose, and one's tokens."""
    viewer = viewer_of(request)
    listed = [
        (token, token.revoked_at is None and token.expires_at > viewer.at) for token in tokens_of(viewer)
    ]
    return render(request, "people/me.html", {"tokens": listed, "purposes": Purpose.choices})


@FORM
@requires(OWN)
def create_token(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown this once."""
    viewer = viewer_of(request)
    form = TokenForm(sent(request), viewer=viewer)
    if not form.is_valid():
        return form_page(
            request,
            form,
            title=_("Make a token"),
            lead=_("A program that holds it acts as you, within what you choose here."),
            button=_("Make the token"),
            back=reverse("people:me"),
        )
    membership = Membership.objects.select_related("account", "agency").get(pk=viewer.membership_id or 0)
    _token, secret = tokens.issue(
        membership=membership,
        name=form.cleaned_data["name"],
        scopes=form.cleaned_data["scopes"],
        expires_at=form.expires_at(),
        by=viewer,
        at=viewer.at,
    )
    return render(request, "people/token.html", {"secret": secret})


@requires(OWN)
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    viewer = viewer_of(request)
    tokens.revoke(token=get_object_or_404(tokens_of(viewer), pk=pk), by=viewer, at=viewer.at)
    messages.success(request, _("The token has ended."))
    return redirect("people:me")


@requires(OWN)
@require_POST
def leave_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign oneself out of every session, this one too."""
    viewer = viewer_of(request)
    account = Account.objects.get(pk=viewer.account_id or 0)
    actions.end_sessions(account=account, by=viewer, at=viewer.at)
    return redirect("/")
