"""Positions, and which award pays which part of them from when to when."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import MOST_CENTS
from schoolward.analysis.grants.cliff import overfull
from schoolward.analysis.grants.parts import FINEST, WHOLE, Part, percent
from schoolward.domains.grants.actions.keys import key_for, refuse_taken_title
from schoolward.domains.grants.actions.recording import audit, locked, told_changes
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import Award, Position, PositionFunding
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

#: What may be changed of a post. Its short name stands in addresses and stays.
POSITION_FIELDS = frozenset({"title", "annual_cents", "starts", "ends", "program", "program_title"})


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
    made = Position(
        key=key_for(title, Position.objects.all(), otherwise="position"),
        title=title.strip(),
        annual_cents=annual_cents,
        starts=starts,
        ends=ends,
        program=program,
        program_title=program_title[:200],
    )
    _check_position(made)
    made.save()
    audit("grants.position_added", made, by=by, key=made.key)
    return made


@transaction.atomic
def change_position(*, position_id: int, changes: dict[str, Any], by: Viewer, at: datetime) -> Position:
    """Change what is said of a post: its name, its cost, its days, what it serves. Its short name stays.

    Who pays it must still pay on days on which it exists. Unaudited and unchanged when nothing differs.
    """
    found = locked(Position, position_id, by=by, permission="grants.manage")
    foreign = set(changes) - POSITION_FIELDS
    if foreign:
        raise ValueError(f"not of a post: {', '.join(sorted(foreign))}")
    before = {name: getattr(found, name) for name in changes}
    for name, value in changes.items():
        setattr(found, name, value.strip()[:200] if isinstance(value, str) else value)
    different = [name for name in changes if getattr(found, name) != before[name]]
    if not different:
        return found
    refuse_taken_title(found.title, Position.objects.exclude(pk=found.pk))
    _check_position(found)
    for paid in found.funding.all():
        _check_exists(found, paid.start, paid.end, field="ends" if paid.start >= found.starts else "starts")
    found.save(update_fields=different)
    audit("grants.position_changed", found, by=by, changes=told_changes(different, before, found))
    return found


def _check_position(position: Position) -> None:
    if not position.title:
        raise GrantRefused(_("Name it."), field="title")
    if not 0 < position.annual_cents <= MOST_CENTS:
        raise GrantRefused(_("Write what the post costs a year."), field="annual_cents")
    if position.ends is not None and position.ends < position.starts:
        raise GrantRefused(_("It ends before it starts."), field="ends")


@transaction.atomic
def fund_position(
    *,
    position_id: int,
    start: date,
    end: date,
    share: Part,
    by: Viewer,
    at: datetime,
    award_id: int | None = None,
    local_source: str = "",
) -> PositionFunding:
    """Say that a source pays a part (in hundredths of a percent, exactly) of a post from day to day.

    An award pays within its period, and all sources together never more than the whole.
    """
    position = locked(Position, position_id, by=by, permission="grants.manage")
    made = PositionFunding(position=position)
    _set_right(made, award_id, local_source, start, end, share, by)
    made.save()
    audit("grants.position_funded", position, by=by, funding=made.pk, share=percent(made.part))
    return made


@transaction.atomic
def change_funding(
    *,
    funding_id: int,
    start: date,
    end: date,
    share: Part,
    by: Viewer,
    at: datetime,
    award_id: int | None = None,
    local_source: str = "",
) -> PositionFunding:
    """Set right who pays which part of a post from when to when. What it was stands in the audit."""
    funding = locked(PositionFunding, funding_id, by=by, permission="grants.manage")
    # The lock of the post: two changes at a time could together pay more than the whole.
    position = locked(Position, funding.position_id, by=by, permission="grants.manage")
    before = _told(funding)
    _set_right(funding, award_id, local_source, start, end, share, by)
    after = _told(funding)
    if after == before:
        return funding
    funding.save()
    audit("grants.position_funding_changed", position, by=by, funding=funding.pk, before=before, after=after)
    return funding


def _set_right(
    funding: PositionFunding,
    award_id: int | None,
    local_source: str,
    start: date,
    end: date,
    share: Part,
    by: Viewer,
) -> None:
    """Put the values in, if they can be. Raises ``GrantRefused``."""
    position, award = funding.position, _award(award_id, by)
    if (award is None) == (not local_source.strip()):
        raise GrantRefused(_("Choose an award or name another source, one of the two."), field="award_id")
    part = Fraction(share)
    if not 0 < part <= WHOLE or part.denominator > FINEST:
        raise GrantRefused(_("Write a part above 0 and up to 100 percent."), field="percent")
    if end < start:
        raise GrantRefused(_("It ends before it starts."), field="end")
    if award is not None and not award.start <= start <= end <= award.end:
        raise GrantRefused(
            _("The award pays from %(start)s to %(end)s.")
            % {"start": date_format(award.start, "F j, Y"), "end": date_format(award.end, "F j, Y")},
            field="start" if start < award.start else "end",
        )
    _check_exists(position, start, end, field="start")
    funding.award, funding.local_source = award, local_source.strip()
    funding.start, funding.end = start, end
    funding.share, funding.divisor = part.numerator, part.denominator
    others = [one.as_strand() for one in position.funding.exclude(pk=funding.pk)]
    over = overfull([*others, funding.as_strand()])
    if over is not None:
        raise GrantRefused(
            _("From %(day)s on the sources would pay %(percent)s of the post. For a third write 1/3.")
            % {"day": date_format(over.start, "F j, Y"), "percent": percent(over.share)},
            field="percent",
        )


def _check_exists(position: Position, start: date, end: date, *, field: str) -> None:
    if start < position.starts or (position.ends is not None and end > position.ends):
        raise GrantRefused(
            _("The post does not exist on all of the days from %(start)s to %(end)s, for which it is paid.")
            % {"start": date_format(start, "F j, Y"), "end": date_format(end, "F j, Y")},
            field=field,
        )


def _told(funding: PositionFunding) -> dict[str, Any]:
    """A source as the audit keeps it."""
    return {
        "award": funding.award_id,
        "start": funding.start,
        "end": funding.end,
        "share": percent(funding.part),
    }


@transaction.atomic
def remove_funding(*, funding_id: int, by: Viewer, at: datetime) -> Position:
    """Take back a source that was entered wrongly. The audit keeps what it said."""
    funding = locked(PositionFunding, funding_id, by=by, permission="grants.manage")
    position = funding.position
    told = _told(funding)
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
