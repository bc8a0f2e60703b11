"""An award's ledger, and one entry with what proves it and what it was for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.analysis.grants.balances import Kind
from schoolward.domains.grants import queries
from schoolward.domains.grants.actions import left_of_obligation
from schoolward.domains.grants.exchange import LEDGER_COLUMN_NAMES, ledger_row, shared_numbers
from schoolward.domains.grants.filters import EntryFilter
from schoolward.domains.grants.forms import entry_label
from schoolward.domains.grants.models import Award, Entry, Evidence
from schoolward.domains.grants.purposes import address, initiative_keys
from schoolward.domains.grants.queries import NONE
from schoolward.domains.grants.tables import EntryTable
from schoolward.domains.grants.views.finding import award_or_404, entry_or_404
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.ui.lists import Action, Empty, ListPage


class LedgerPage(ListPage):
    """Every entry of one award, the newest first."""

    title = gettext_lazy("Ledger")
    permission = "grants.view"
    table_class = EntryTable
    filterset_class = EntryFilter

    @property
    def award(self) -> Award:
        """The award whose ledger it is."""
        return award_or_404(self.viewer, self.kwargs["key"])

    def queryset(self, viewer: Viewer) -> QuerySet[Entry]:
        return queries.entries(viewer).filter(award=self.award).order_by("-on", "-pk")

    def lead(self) -> str:
        balance = queries.award_balances([self.award.pk], until=today(self.viewer.at)).get(
            self.award.pk, NONE
        )
        return _("Budgeted %(budgeted)s, obligated %(open)s, spent %(spent)s, drawn %(drawn)s.") % {
            "budgeted": dollars(balance.budgeted),
            "open": dollars(balance.unliquidated),
            "spent": dollars(balance.expended),
            "drawn": dollars(balance.drawn),
        }

    def actions(self) -> list[Action]:
        award = self.award
        shown = [Action(award.title, reverse("grants:award", args=[award.key]), primary=False)]
        if award.closed_on is None and may(self.viewer, "grants.post"):
            shown.insert(0, Action(_("Make an entry"), reverse("grants:entry_new", args=[award.key])))
        return shown

    def empty(self) -> Empty:
        return Empty(
            _("Nothing is entered yet"),
            _("Entries are made here one by one, or come in from the general ledger under Data, Imports."),
        )

    def extra_context(self) -> dict[str, Any]:
        return {"title": _("Ledger: %(award)s") % {"award": self.award.title}}

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        shared = shared_numbers(self.award.entries.all())
        rows = (ledger_row(entry, shared) for entry in queryset.iterator(chunk_size=1000))
        return LEDGER_COLUMN_NAMES, rows


@require_safe
@requires("grants.view")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what it says, what proves it, what it was for, and who let it by."""
    viewer = viewer_of(request)
    found = entry_or_404(viewer, pk)
    is_open = found.award.closed_on is None
    counter = Entry.objects.filter(reverses=found).first()
    purposes = list(found.purposes.select_related("taken_back_by"))
    keys = initiative_keys(viewer)
    linked = sum(purpose.amount_cents for purpose in purposes)
    is_spent = found.kind == Kind.EXPENDITURE and found.reverses_id is None and counter is None
    is_obligation = found.kind == Kind.OBLIGATION and found.amount_cents > 0 and found.reverses_id is None
    is_bound = is_obligation and found.obligation_id is None and counter is None
    left = left_of_obligation(found) if is_obligation else 0
    may_post = is_open and may(viewer, "grants.post")
    context = {
        "entry": found,
        "title": entry_label(found),
        "counter": counter,
        "evidence": found.evidence.all(),
        "purposes": [(purpose, address(viewer, purpose, keys)) for purpose in purposes],
        "unlinked": found.amount_cents - linked if is_spent or is_bound else 0,
        "is_obligation": is_obligation,
        "has_purpose": found.kind == Kind.EXPENDITURE or is_obligation,
        "left": left,
        "payments": found.payments.order_by("on", "pk") if is_obligation else [],
        "may_reverse": may_post
        and counter is None
        and found.reverses_id is None
        and found.transfer_id is None,
        "may_release": may_post and left > 0,
        "may_link": (is_spent or is_bound)
        and may(viewer, "grants.link")
        and (is_open or may(viewer, "grants.manage")),
        "may_unlink": is_open and may(viewer, "grants.link"),
        "may_correct": may_post
        and found.kind == Kind.BUDGET
        and found.amount_cents > 0
        and counter is None
        and found.reverses_id is None
        and found.transfer_id is None,
        "may_prove": may(viewer, "grants.link"),
    }
    return render(request, "grants/entry.html", context)


@require_safe
@requires("grants.view")
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document that proves an entry."""
    found = get_object_or_404(
        visible(Evidence.objects.select_related("file"), viewer_of(request)), pk=pk, file__isnull=False
    )
    if found.file is None:
        raise Http404
    return file_response(found.file, name=found.file_name or found.file.first_name)
