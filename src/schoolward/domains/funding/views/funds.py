"""What is left in each open award and line, and what an award may buy in a plan."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.assessments.wording import trade_label
from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.forms import ScopeForm
from schoolward.domains.funding.models import AwardScope
from schoolward.domains.funding.queries import FundNow
from schoolward.domains.funding.telling import whole
from schoolward.domains.funding.views.finding import award_or_404
from schoolward.domains.funding.views.saving import kept, tabs
from schoolward.domains.funding.wording import no_part_in_words
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, sent


@require_safe
@requires("funding.view")
def funds(request: HttpRequest) -> HttpResponse:
    """Every open award: how long it lasts, what plans may use of its lines, and what it may buy."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    found = queries.funds_now(viewer, on=day)
    said = {scope.award_id: scope for scope in queries.scopes(viewer)}
    room = {one.award.pk: one for one in found.rooms}
    awards: list[dict[str, Any]] = []
    for award, own in groupby(found.funds, key=lambda fund: fund.award):
        lines = list(own)
        awards.append(
            {
                "award": award,
                "days": (award.end - day).days,
                "lines": [
                    (
                        fund,
                        no_part_in_words(fund.no_part) if fund.no_part else "",
                        _budgeted_for(fund, said.get(award.pk)),
                    )
                    for fund in lines
                ],
                "amount": sum(fund.amount for fund in lines if fund.takes_part),
                "scope": said.get(award.pk),
                "buys": _buys(lines, said.get(award.pk)),
                "room": room.get(award.pk),
                "match": lines[0].match_percent,
            }
        )
    usable = sum(one["amount"] for one in awards)
    parts = sum(1 for one in awards if any(not why for _fund, why, _for in one["lines"]))
    context = {
        "tabs": tabs("funds"),
        "awards": awards,
        "on": day,
        "lead": ngettext(
            "A plan made today could spend %(money)s of %(count)s award.",
            "A plan made today could spend %(money)s of %(count)s awards.",
            parts,
        )
        % {"money": whole(usable), "count": parts}
        if parts
        else _("No award takes part in plans yet. Say of each what it may buy."),
        "may_plan": may(viewer, "funding.plan"),
    }
    return render(request, "funding/funds.html", context)


def _budgeted_for(fund: FundNow, scope: AwardScope | None) -> str:
    """The trades that a line alone may buy, in words; empty where nothing is said of it by itself."""
    own = scope.line_trades.get(fund.line.code, ()) if scope is not None and fund.takes_part else ()
    return ", ".join(trade_label(trade) for trade in own)


def _buys(lines: list[FundNow], scope: AwardScope | None) -> str:
    """What an award may buy, in words; an empty text where it takes no part."""
    shown = next((fund for fund in lines if fund.takes_part), None)
    if shown is None or scope is None:
        return ""
    trades = ", ".join(trade_label(trade) for trade in scope.trade_list) or _("Work of every trade")
    sites = ", ".join(campus.name for campus in shown.campuses) or _("every site")
    return _("%(trades)s, at %(sites)s") % {"trades": trades, "sites": sites}


@FORM
@requires("funding.plan")
def scope(request: HttpRequest, key: str) -> HttpResponse:
    """Say what an award may buy in plans."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    before = queries.scopes(viewer).filter(award=award).first()
    initial: dict[str, Any] = {"takes_part": True}
    if before is not None:
        initial = {
            "takes_part": before.takes_part,
            "trades": list(before.trade_list),
            **{f"line_{line.pk}": before.line_trades.get(line.code, []) for line in award.lines.all()},
            "campuses": [campus.pk for campus in before.campuses.all()],
            "reason": before.reason,
        }
    form = ScopeForm(sent(request), initial=initial, lines=award.lines.all())
    return kept(
        request,
        form,
        lambda: actions.set_scope(award_id=award.pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Kept. It holds for plans that are made from now on."),
        back=reverse("funding:funds"),
        title=_("What it may buy: %(title)s") % {"title": award.title},
        lead=_("Read the award's terms and its approved budget: a line buys what it was budgeted for."),
        button=_("Save"),
        what_next=_("Plans that were made before stay as they are."),
    )
