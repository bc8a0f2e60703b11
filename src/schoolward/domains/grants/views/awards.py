"""The list of awards, and one award."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.charts import burn_chart, burn_rows
from schoolward.domains.grants.exchange import AWARD_COLUMN_NAMES, award_row
from schoolward.domains.grants.filters import AwardFilter
from schoolward.domains.grants.hooks import set_aside
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.panels import award_panels_for
from schoolward.domains.grants.papers import papers_of
from schoolward.domains.grants.queries import NONE, Standing
from schoolward.domains.grants.tables import AwardTable, tone_of
from schoolward.domains.grants.views.finding import award_or_404
from schoolward.domains.grants.wording import set_aside_of, whole
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.lists import Action, Empty, ListPage


class AwardList(ListPage):
    """All awards with their money and how they stand."""

    title = gettext_lazy("Grants")
    permission = "grants.view"
    table_class = AwardTable
    filterset_class = AwardFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Award]:
        return queries.awards(viewer)

    @property
    def day(self) -> date:
        """The day that the list is about."""
        return today(self.viewer.at)

    def lead(self) -> str:
        under_way = queries.awards(self.viewer).filter(
            closed_on__isnull=True, start__lte=self.day, end__gte=self.day
        )
        stood = queries.standings(under_way, on=self.day)
        if not stood:
            return _("No award is under way.")
        left = sum(one.unspent for one in stood)
        lapses = [one for one in stood if one.lapse is not None and one.lapse.expected > 0]
        said = ngettext(
            "%(count)s award is under way with %(left)s not spent.",
            "%(count)s awards are under way with %(left)s not spent.",
            len(stood),
        ) % {"count": len(stood), "left": whole(left)}
        if not lapses:
            return said
        total = sum(one.lapse.expected for one in lapses if one.lapse)
        return _("%(said)s At the present pace %(total)s will lapse, the first on %(day)s.") % {
            "said": said,
            "total": whole(total),
            "day": date_format(min(one.award.end for one in lapses), "F j, Y"),
        }

    def actions(self) -> list[Action]:
        shown = []
        if may(self.viewer, "grants.manage"):
            shown.append(Action(_("Enter an award"), reverse("grants:award_new")))
        waiting = queries.overrides_waiting(self.viewer).count()
        if waiting:
            label = ngettext("%d request waits", "%d requests wait", waiting) % waiting
            shown.append(Action(label, reverse("grants:requests"), primary=False))
        return shown

    def empty(self) -> Empty:
        return Empty(
            _("No award yet"),
            _("An award has a period, budget lines and a ledger. Enter one, or bring in a file of awards."),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # How the awards of a page stand is read at once, not row by row.
        stood = queries.standings(queries.awards(self.viewer), on=self.day)
        found = {one.award.pk: one for one in stood}
        self.table_class = cast(type[AwardTable], type("StandingTable", (AwardTable,), {"standings": found}))
        return super().get(request, *args, **kwargs)

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        return AWARD_COLUMN_NAMES, (award_row(award) for award in queryset)


def lapse_sentence(stood: Standing, *, held: int = 0) -> str:
    """What matters today about an award: what will lapse when, or why that cannot be told.

    ``held``: what approved plans have set aside of it and no ledger has bound yet, in cents.
    """
    return f"{_lapse(stood)} {_held(stood, held)}".strip()


def _held(stood: Standing, held: int) -> str:
    if held <= 0 or stood.award.closed_on is not None:
        return ""
    return set_aside_of(held, stood.lapse.expected if stood.lapse else 0)


def _lapse(stood: Standing) -> str:
    award = stood.award
    if award.closed_on is not None:
        return _("Closed on %(day)s. %(left)s lapsed.") % {
            "day": date_format(award.closed_on, "F j, Y"),
            "left": whole(stood.unspent),
        }
    if stood.on < award.start:
        return _("Its period begins on %(day)s.") % {"day": date_format(award.start, "F j, Y")}
    if stood.is_over:
        words = (
            _("Its period ended on %(day)s. Final reports are due on %(due)s.")
            if stood.closeout_is_said
            else _(
                "Its period ended on %(day)s. Nobody says when final reports are due; %(due)s is assumed. "
                "Write the days that its agreement names."
            )
        )
        return words % {
            "day": date_format(award.end, "F j, Y"),
            "due": date_format(stood.closeout_due, "F j, Y"),
        }
    lapse = stood.lapse
    if lapse is None:
        return _("%(left)s are not spent. Three months have to pass before a forecast is worth anything.") % {
            "left": whole(stood.unspent)
        }
    days = ngettext("in %d day", "in %d days", lapse.days_left) % lapse.days_left
    if not lapse.has_pace:
        words = _("No whole month has seen spending yet. If that stays so, %(left)s will lapse %(days)s.")
        return words % {"left": whole(lapse.expected), "days": days}
    if lapse.high == 0:
        return _("At the present pace everything is spent when it ends %(days)s.") % {"days": days}
    return _(
        "At the present pace %(expected)s will lapse %(days)s (80 percent range %(low)s to %(high)s)."
    ) % {
        "expected": whole(lapse.expected),
        "days": days,
        "low": whole(lapse.low),
        "high": whole(lapse.high),
    }


@require_safe
@requires("grants.view")
def award(request: HttpRequest, key: str) -> HttpResponse:
    """One award: what will lapse, its money by line and month, its reports, changes and posts."""
    viewer = viewer_of(request)
    found = award_or_404(viewer, key)
    day = today(viewer.at)
    stood = queries.standing(found, on=day)
    balances = queries.line_balances(found.pk, until=day)
    held = [one for one in set_aside(viewer, on=day) if one.award_id == found.pk]
    is_open = found.closed_on is None
    transfers = list(found.transfers.select_related("from_line", "to_line"))
    has_ledger = stood.balances != NONE
    context = {
        "award": found,
        "stood": stood,
        "tone": tone_of(stood),
        "sentence": lapse_sentence(stood, held=sum(one.cents for one in held)),
        "held": sum(one.cents for one in held),
        "lacks_for_plans": sum(one.lacks for one in held),
        "on": day,
        "lines": [(line, balances.get(line.pk, NONE)) for line in found.lines.all()],
        "required_match": found.match_required_cents,
        "chart": burn_chart(stood) if has_ledger else "",
        "rows": burn_rows(stood) if has_ledger else [],
        "reports": found.reports.filter(submitted_on__isnull=True, due__lte=max(day, found.end)).order_by(
            "due"
        )[:6],
        "alerts": found.alerts.all(),
        "amendments": found.amendments.all(),
        "transfers": transfers,
        "taken_back": {moved.takes_back_id for moved in transfers},
        "positions": found.positions.select_related("position"),
        "without_purpose": queries.without_purpose(viewer).filter(award=found).count(),
        "lacks": actions.what_closing_lacks(found, on=day) if is_open and stood.is_over else [],
        "papers": papers_of(found.key, viewer),
        "panels": award_panels_for(viewer, found.key),
        "may_post": is_open and may(viewer, "grants.post"),
        "may_manage": is_open and may(viewer, "grants.manage"),
        "may_reopen": not is_open and may(viewer, "grants.manage"),
        "reopening": not is_open and queries.overrides_waiting(viewer).filter(award=found).exists(),
        "may_see_alerts": may(viewer, "grants.manage"),
    }
    return render(request, "grants/award.html", context)
