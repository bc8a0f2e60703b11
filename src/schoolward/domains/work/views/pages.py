"""Pages that show work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.places.panels import campus_of_panel
from schoolward.domains.work import queries
from schoolward.domains.work.exchange import COLUMN_NAMES, export_row
from schoolward.domains.work.filters import WorkFilter
from schoolward.domains.work.forms import FORM_OF_MOVE
from schoolward.domains.work.item_panels import item_panels_for
from schoolward.domains.work.models import LABELS_OF_STATES, WorkItem
from schoolward.domains.work.states import OPEN_STATES, UNDONE_STATES, State, moves_from
from schoolward.domains.work.tables import TONES, WorkTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.ui.lists import Action, Empty, ListPage

CARDS_IN_COLUMN = 12


def item_or_404(viewer: Viewer, pk: int) -> WorkItem:
    """The work of this number if the viewer may see it; otherwise nobody learns that it is there."""
    return get_object_or_404(queries.work_items(viewer), pk=pk)


class WorkList(ListPage):
    """All work, with a strip of totals by state over it."""

    title = gettext_lazy("Work")
    permission = "work.view"
    table_class = WorkTable
    filterset_class = WorkFilter
    template_name = "work/list.html"

    def queryset(self, viewer: Viewer) -> QuerySet[WorkItem]:
        return queries.work_items(viewer).order_by(*queries.IN_ORDER)

    def lead(self) -> str:
        late = queries.overdue(self.viewer, on=today(self.viewer.at)).count()
        waiting = queries.waiting_for_verification(self.viewer).count()
        overdue = ngettext("%d piece of work is overdue", "%d pieces of work are overdue", late) % late
        verify = ngettext("%d waits to be verified", "%d wait to be verified", waiting) % waiting
        return f"{overdue}; {verify}."

    def actions(self) -> list[Action]:
        board = Action(_("Board"), reverse("work:board"), primary=False)
        if not may(self.viewer, "work.propose"):
            return [board]
        return [Action(_("Propose work"), reverse("work:propose")), board]

    def empty(self) -> Empty:
        return Empty(
            _("No work yet"),
            _("Work comes from assessments, alarms and people who see something. Propose the first piece."),
        )

    def extra_context(self) -> dict[str, Any]:
        return {"totals": _totals(self.viewer)}

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        rows = queries.with_decline_reason(queryset.select_related("campus"))
        return COLUMN_NAMES, (export_row(item, self.viewer) for item in rows.iterator(chunk_size=1000))


def _totals(viewer: Viewer) -> list[dict[str, Any]]:
    labels = dict(LABELS_OF_STATES)
    return [
        {
            "state": total.state,
            "label": labels[State(total.state)],
            "tone": TONES[total.state],
            "count": total.count,
            "cents": total.actual_cents if total.state == State.VERIFIED else total.estimate_cents,
        }
        for total in queries.totals_by_state(queries.work_items(viewer))
    ]


@require_safe
@requires("work.view")
def board(request: HttpRequest) -> HttpResponse:
    """Open work as columns by state, the nearest due first."""
    viewer = viewer_of(request)
    totals = {total["state"]: total for total in _totals(viewer)}
    columns = [
        {
            **totals[state.value],
            "can_be_late": state in UNDONE_STATES,
            "items": queries.work_items(viewer)
            .filter(state=state)
            .order_by(*queries.IN_ORDER)[:CARDS_IN_COLUMN],
        }
        for state in OPEN_STATES
    ]
    return render(request, "work/board.html", {"columns": columns, "today": today(viewer.at)})


@require_safe
@requires("work.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work: what it is, what comes next and who may do it, and all that happened."""
    viewer = viewer_of(request)
    item = item_or_404(viewer, pk)
    moves = [
        {"move": step.move.value, "button": FORM_OF_MOVE[step.move].button, "main": index == 0}
        for index, step in enumerate(moves_from(State(item.state)))
        if may(viewer, step.permission)
    ]
    day = today(viewer.at)
    context = {
        "item": item,
        "tone": TONES[item.state],
        "moves": moves,
        "sees_details": queries.sees_details(item, viewer),
        "timeline": queries.timeline(item),
        "is_overdue": queries.overdue(viewer, on=day).filter(pk=pk).exists(),
        "may_describe": may(viewer, "work.describe") and item.is_open,
        "may_decide": may(viewer, "work.decide") and item.is_open,
        "may_assign": may(viewer, "work.assign") and item.is_open,
        "may_add_evidence": may(viewer, "work.add_evidence") and item.is_open,
        "panels": item_panels_for(viewer, item),
        "own_work": item.done_by_id is not None and item.done_by_id == viewer.account_id,
    }
    return render(request, "work/detail.html", context)


@require_safe
@requires("work.view")
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a piece of evidence, if the viewer may see the work that it belongs to."""
    evidence = queries.evidence_with_file(viewer_of(request), pk)
    if evidence is None or evidence.file is None:
        raise Http404
    return file_response(evidence.file, name=evidence.file_name)


@require_safe
@requires("work.view")
def site_panel(request: HttpRequest, campus_id: int) -> HttpResponse:
    """The site profile's panel about work: totals by state and what is open."""
    viewer = viewer_of(request)
    campus_of_panel(viewer, campus_id)
    items = queries.work_items(viewer).filter(campus_id=campus_id)
    totals = [total for total in queries.totals_by_state(items) if total.count]
    labels = dict(LABELS_OF_STATES)
    context = {
        "campus_id": campus_id,
        "totals": [
            {"label": labels[State(total.state)], "tone": TONES[total.state], **vars(total)}
            for total in totals
        ],
        "items": items.filter(state__in=OPEN_STATES).order_by(*queries.IN_ORDER)[:10],
        "open_count": sum(total.count for total in totals if total.state in OPEN_STATES),
    }
    return render(request, "work/site_panel.html", context)
