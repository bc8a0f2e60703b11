"""The audit, read by those who guard it. Reading it is itself on the record."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from schoolward.domains.people.filters import EventFilter
from schoolward.domains.people.tables import EventTable
from schoolward.platform.access.sealed_events import marked
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Event
from schoolward.platform.audit.queries import events
from schoolward.platform.audit.verify import verify
from schoolward.platform.ui.lists import Empty, ListPage


class AuditTrail(ListPage):
    """Every write, denial, export and protected read."""

    title = gettext_lazy("Audit")
    permission = "audit.view"
    table_class = EventTable
    filterset_class = EventFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Event]:
        return marked(events())

    def rows(self) -> QuerySet[Event]:
        """The filters; a question for one record finds nothing of a sealed one."""
        found = super().rows()
        return found.filter(is_sealed=False) if self.request.GET.get("subject") else found

    def lead(self) -> str:
        return _("Who did what, and what was refused. Nothing here can be changed, by anybody.")

    def count(self, queryset: QuerySet[Event]) -> int | None:
        """The chain has no gaps, so that the newest number is the count."""
        if self.is_filtered:
            return None
        return events().values_list("sequence", flat=True).first() or 0

    def empty(self) -> Empty:
        return Empty(_("Nothing has happened yet"), _("The first sign-in or import begins the record."))


@requires("audit.view")
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Walk the chain and hold it against the anchor, on demand."""
    viewer = viewer_of(request)
    if request.method != "POST":
        return render(request, "people/verification.html", {"found": None})
    found = verify()
    record(
        "audit.verified",
        by=viewer,
        at=viewer.at,
        subject="audit:chain",
        detail={"ok": found.ok, "events": found.events, "faults": found.faults_in_all},
    )
    return render(request, "people/verification.html", {"found": found})
