"""Which account of the general ledger is which line of an award."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.exchange import account_row
from schoolward.domains.grants.models import LedgerAccount
from schoolward.domains.grants.tables import AccountTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.exchange.registry import get
from schoolward.platform.ui.form_pages import FORM, confirm_page
from schoolward.platform.ui.lists import Action, Empty, ListPage


class AccountList(ListPage):
    """Every account that is mapped."""

    title = gettext_lazy("Accounts of the general ledger")
    permission = "grants.view"
    table_class = AccountTable

    def queryset(self, viewer: Viewer) -> QuerySet[LedgerAccount]:
        return queries.accounts(viewer)

    def lead(self) -> str:
        count = queries.accounts(self.viewer).count()
        return (
            ngettext(
                "%d account is mapped. Rows of any other are rejected when the ledger is brought in.",
                "%d accounts are mapped. Rows of any other are rejected when the ledger is brought in.",
                count,
            )
            % count
        )

    def actions(self) -> list[Action]:
        if not may(self.viewer, "grants.import"):
            return []
        return [
            Action(_("Map accounts from a file"), reverse("exchange:create", args=["ledger-accounts"])),
            Action(
                _("Bring in the general ledger"),
                reverse("exchange:create", args=["general-ledger"]),
                primary=False,
            ),
        ]

    def empty(self) -> Empty:
        return Empty(
            _("No account is mapped"),
            _("Bring in a file that says of each account which award and line it is."),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        values = {"may_unmap": may(self.viewer, "grants.import")}
        self.table_class = cast(type[AccountTable], type("OwnAccountTable", (AccountTable,), values))
        return super().get(request, *args, **kwargs)

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        return get("ledger-accounts").column_names, (account_row(one) for one in queryset)


@FORM
@requires("grants.import")
def unmap(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what an account stood for."""
    viewer = viewer_of(request)
    known = get_object_or_404(queries.accounts(viewer), pk=pk)
    if request.method == "POST":
        actions.unmap_account(account_id=pk, by=viewer, at=now(viewer.at))
        return redirect("grants:accounts")
    return confirm_page(
        request,
        title=_("Remove the account %(account)s") % {"account": known.account},
        consequences=_(
            "Its rows are then rejected when the ledger is brought in. Entries that came by it stay."
        ),
        button=_("Remove"),
        back=reverse("grants:accounts"),
    )
