"""Account administration: open, let in, keep out. Each button is one action and one event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.people.filters import AccountFilter
from schoolward.domains.people.forms import AccountForm, MembershipForm, ReasonForm, first_day
from schoolward.domains.people.queries import accounts, memberships_of, memberships_to_review
from schoolward.domains.people.tables import AccountTable
from schoolward.platform.access import actions
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.second_factor import must_use
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, add_refusal, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, ListPage

ADMINISTER = actions.ADMINISTER


class AccountList(ListPage):
    """Who can sign in, and as what."""

    title = gettext_lazy("Accounts")
    permission = ADMINISTER
    table_class = AccountTable
    filterset_class = AccountFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Account]:
        return accounts()

    def lead(self) -> str:
        waiting = memberships_to_review(self.viewer.at).count()
        if waiting:
            return _("%(count)d memberships wait for review.") % {"count": waiting}
        return _("Every membership has been confirmed within half a year.")

    def actions(self) -> list[Action]:
        return [
            Action(_("Open an account"), reverse("people:account_create")),
            Action(_("Review access"), reverse("people:review"), primary=False),
        ]


@FORM
@requires(ADMINISTER)
def create(request: HttpRequest) -> HttpResponse:
    """Open an account; its owner chooses the password."""
    viewer = viewer_of(request)
    form = AccountForm(sent(request))
    if form.is_valid():
        try:
            account = actions.open_account(**form.cleaned_data, by=viewer, at=viewer.at)
        except actions.AccountExists as refusal:
            add_refusal(form, refusal)
        else:
            return _invitation(request, account)
    return form_page(
        request,
        form,
        title=_("Open an account"),
        lead=_("You get an address to hand over; its owner chooses the password there."),
        button=_("Open the account"),
        back=reverse("people:accounts"),
    )


def _invitation(request: HttpRequest, account: Account) -> HttpResponse:
    """Shows the address once. It is worth a password and is kept nowhere."""
    address = f"{settings.SITE_URL}{actions.invitation_path(account)}"
    return render(request, "people/invitation.html", {"account": account, "address": address})


@requires(ADMINISTER)
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: memberships, second factor, sessions."""
    found = get_object_or_404(accounts(), pk=pk)
    memberships = list(memberships_of(found))
    viewer = viewer_of(request)
    return render(
        request,
        "people/account.html",
        {
            "account": found,
            "memberships": [(one, one.state(viewer.at)) for one in memberships],
            "must_use_second_factor": must_use(found, [one for one in memberships if one.holds(viewer.at)]),
            "is_own": found.pk == viewer.account_id,
            "is_locked": actions.is_locked(found, viewer.at),
        },
    )


@FORM
@requires(ADMINISTER)
def add_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the account act for an agency in a role."""
    found = get_object_or_404(Account, pk=pk)
    viewer = viewer_of(request)
    form = MembershipForm(sent(request), initial=first_day(viewer))
    if is_done(
        form,
        lambda: actions.add_membership(account=found, **form.arguments(), by=viewer, at=viewer.at),
        actions.UnfitMembership,
        actions.OwnAccount,
    ):
        messages.success(request, _("The membership is added."))
        return redirect("people:account", pk)
    return form_page(
        request,
        form,
        title=_("Add a membership"),
        lead=_("%(name)s can act by it from the first day on.") % {"name": found},
        button=_("Add the membership"),
        back=reverse("people:account", args=[pk]),
    )


@FORM
@requires(ADMINISTER)
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a membership away at once."""
    membership = get_object_or_404(Membership.objects.select_related("account", "agency"), pk=pk)
    viewer = viewer_of(request)
    form = ReasonForm(sent(request))
    back = reverse("people:account", args=[membership.account_id])
    if is_done(
        form,
        lambda: actions.end_membership(membership=membership, **form.cleaned_data, by=viewer, at=viewer.at),
        actions.OwnAccount,
    ):
        messages.success(request, _("The membership has ended."))
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("End the membership"),
        lead=_("%(name)s stops being %(membership)s with the next click they make.")
        % {"name": membership.account, "membership": membership},
        button=_("End it now"),
        back=back,
    )


@FORM
@requires(ADMINISTER)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, with a reason."""
    found = get_object_or_404(Account, pk=pk)
    viewer = viewer_of(request)
    form = ReasonForm(sent(request))
    if is_done(
        form,
        lambda: actions.close_account(account=found, **form.cleaned_data, by=viewer, at=viewer.at),
        actions.OwnAccount,
    ):
        messages.success(request, _("The account is closed."))
        return redirect("people:account", pk)
    return form_page(
        request,
        form,
        title=_("Close the account"),
        lead=_("%(name)s is signed out everywhere and cannot sign in. The record stays.") % {"name": found},
        button=_("Close it now"),
        back=reverse("people:account", args=[pk]),
    )


def _button(action: Callable[..., object], done: Any) -> Callable[..., HttpResponse]:
    """A view that does one thing to one account and returns to its page."""

    @requires(ADMINISTER)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = get_object_or_404(Account, pk=pk)
        viewer = viewer_of(request)
        try:
            action(account=found, by=viewer, at=viewer.at)
            messages.success(request, done)
        except actions.OwnAccount as error:
            messages.error(request, str(error))
        return redirect("people:account", pk)

    return view  # type: ignore[return-value]


reopen = _button(actions.reopen_account, gettext_lazy("The account is open again."))
end_sessions = _button(actions.end_sessions, gettext_lazy("The account is signed out everywhere."))
unlock = _button(actions.unlock, gettext_lazy("Sign-in is unlocked."))
reset_second_factor = _button(
    actions.reset_second_factor, gettext_lazy("The second factor is forgotten; the next sign-in enrols one.")
)


@requires(ADMINISTER)
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """A new address at which the owner chooses a password."""
    found = get_object_or_404(Account, pk=pk, is_active=True)
    viewer = viewer_of(request)
    try:
        actions.invite_again(account=found, by=viewer, at=viewer.at)
    except actions.OwnAccount as error:
        messages.error(request, str(error))
        return redirect("people:account", pk)
    return _invitation(request, found)


@requires("access.review")
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Memberships that nobody has confirmed for half a year."""
    return render(
        request, "people/review.html", {"waiting": list(memberships_to_review(viewer_of(request).at))}
    )


@requires("access.review")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a membership is still needed."""
    membership = get_object_or_404(Membership.objects.select_related("account"), pk=pk)
    viewer = viewer_of(request)
    try:
        actions.confirm_membership(membership=membership, by=viewer, at=viewer.at)
        messages.success(request, _("Confirmed."))
    except actions.OwnAccount as error:
        messages.error(request, str(error))
    return redirect("people:review")
