"""Positions, and which award pays which part of them from when to when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.analysis.grants.cliff import overfull
from schoolward.domains.grants.actions.keys import key_for
from schoolward.domains.grants.actions.recording import audit, locked
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import Award, Position, PositionFunding
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def add_position(
    *,
    title: str,
    annual_cents: int,
    starts: date,
    by: Viewer,
    at: datetime,
    ends: date | None = None,
    program: str = "",
    program_title: str = "",
) -> Position:
    """Enter a post, not the person in it."""
    check(by, "grants.manage")
    if annual_cents <= 0:
        raise GrantRefused(_("Write what the post costs a year."), field="annual_cents")
    if ends is not None and ends < starts:
        raise GrantRefused(_("It ends before it starts."), field="ends")
    made = Position.objects.create(
        key=key_for(title, Position.objects.all(), otherwise="position"),
        title=title.strip(),
        annual_cents=annual_cents,
        starts=starts,
        ends=ends,
        program=program,
        program_title=program_title[:200],
    )
    audit("grants.position_added", made, by=by, key=made.key)
    return made


@transaction.atomic
def fund_position(
    *,
    position_id: int,
    start: date,
    end: date,
    share: int,
    by: Viewer,
    at: datetime,
    award_id: int | None = None,
    local_source: str = "",
) -> PositionFunding:
    """Say that a source pays ``share`` hundredths of a percent of a post from day to day.

    An award pays within its period, and all sources together never more than the whole.
    """
    position = locked(Position, position_id, by=by, permission="grants.manage")
    award = _award(award_id, by)
    if (award is None) == (not local_source.strip()):
        raise GrantRefused(_("Choose an award or name another source, one of the two."), field="award_id")
    if not 0 < share <= 10_000:
        raise GrantRefused(_("Write a part above 0 and up to 100 percent."), field="percent")
    if end < start:
        raise GrantRefused(_("It ends before it starts."), field="end")
    if award is not None and not award.start <= start <= end <= award.end:
        raise GrantRefused(
            _("The award pays from %(start)s to %(end)s.")
            % {"start": date_format(award.start, "F j, Y"), "end": date_format(award.end, "F j, Y")},
            field="start" if start < award.start else "end",
        )
    if start < position.starts or (position.ends is not None and end > position.ends):
        raise GrantRefused(_("The post does not exist on all of these days."), field="start")
    made = PositionFunding(
        position=position, award=award, local_source=local_source.strip(), start=start, end=end, share=share
    )
    over = overfull([*(one.as_strand() for one in position.funding.all()), made.as_strand()])
    if over is not None:
        raise GrantRefused(
            _("From %(day)s on the sources would pay %(percent)s percent of the post.")
            % {"day": date_format(over.start, "F j, Y"), "percent": f"{over.share / 100:g}"},
            field="percent",
        )
    made.save()
    audit("grants.position_funded", position, by=by, funding=made.pk, share=share)
    return made


@transaction.atomic
def remove_funding(*, funding_id: int, by: Viewer, at: datetime) -> Position:
    """Take back a source that was entered wrongly. The audit keeps what it said."""
    funding = locked(PositionFunding, funding_id, by=by, permission="grants.manage")
    position = funding.position
    told = {"award": funding.award_id, "start": funding.start, "end": funding.end, "share": funding.share}
    funding.delete()
    audit("grants.position_funding_removed", position, by=by, **told)
    return position


def _award(award_id: int | None, by: Viewer) -> Award | None:
    if award_id is None:
        return None
    found = visible(Award.objects.all(), by).filter(pk=award_id).first()
    if found is None:
        raise GrantRefused(_("There is no such award."), field="award_id")
    return found
