"""Saying what an award may buy in a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.assessing.shapes import TRADES
from schoolward.domains.funding.actions.recording import audit, happened, of_every_site, reason_of
from schoolward.domains.funding.actions.refusals import FundingRefused
from schoolward.domains.funding.models import AwardScope
from schoolward.domains.grants import queries as grants
from schoolward.domains.places import queries as places
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def set_scope(
    *,
    award_id: int,
    takes_part: bool,
    reason: str,
    by: Viewer,
    at: datetime,
    trades: Iterable[str] = (),
    line_trades: Mapping[str, Iterable[str]] | None = None,
    campus_ids: Iterable[int] = (),
    invented: bool = False,
) -> AwardScope:
    """Say whether an award takes part in plans, and for which trades and sites; none named is all.

    ``line_trades`` says of single lines, by their codes, which of these trades they were budgeted for.

    Plans that were made before stay as they are. Raises ``FundingRefused``.
    """
    of_every_site(by, "funding.plan")
    award = grants.awards(by).filter(pk=award_id).first()
    if award is None:
        raise AccessDenied("funding.plan", f"grants.Award:{award_id}")
    wanted = set(trades)
    _known(wanted, "trades")
    by_line = _by_line(award, wanted, line_trades or {})
    campuses = list(places.campuses().filter(pk__in=set(campus_ids)))
    if len(campuses) != len(set(campus_ids)):
        raise FundingRefused(_("One of these sites is not known."), field="campuses")
    scope, _made = AwardScope.objects.select_for_update(of=("self",)).update_or_create(
        award_id=award.pk,
        defaults={
            "takes_part": takes_part,
            "trades": ",".join(trade for trade in TRADES if trade in wanted),
            "line_trades": by_line,
            "reason": reason_of(reason),
            "invented": invented,
            **happened(by=by, at=at),
        },
    )
    scope.campuses.set(campuses)
    audit(
        "funding.scope_set",
        scope,
        by=by,
        award=award.key,
        takes_part=takes_part,
        trades=scope.trades,
        line_trades=by_line,
        sites=len(campuses),
    )
    return scope


def _known(wanted: set[str], field: str) -> None:
    if unknown := sorted(wanted - set(TRADES)):
        raise FundingRefused(
            _("“%(trade)s” is no trade. There are %(all)s.")
            % {"trade": unknown[0], "all": ", ".join(TRADES)},
            field=field,
        )


def _by_line(award: Any, of_award: set[str], said: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The trades of single lines in the order of all trades; lines of which none is named are left out."""
    codes = set(award.lines.values_list("code", flat=True))
    found: dict[str, list[str]] = {}
    for code, trades in sorted(said.items()):
        wanted = set(trades)
        if code not in codes:
            raise FundingRefused(_("The award has no line “%(code)s”.") % {"code": code}, field="lines")
        _known(wanted, "lines")
        if of_award and (beyond := sorted(wanted - of_award)):
            raise FundingRefused(
                _("Line %(code)s cannot buy work of the trade “%(trade)s”: the award may not.")
                % {"code": code, "trade": beyond[0]},
                field="lines",
            )
        if wanted:
            found[code] = [trade for trade in TRADES if trade in wanted]
    return found
