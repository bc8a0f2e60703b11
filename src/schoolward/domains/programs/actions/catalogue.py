"""Keeping the catalogue: providers, programs, how much there should be, what others say, who oversees it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    change,
    free_key,
    in_order,
    key_for,
    locked,
    said,
)
from schoolward.domains.programs.kinds import shape_of
from schoolward.domains.programs.models import (
    LONGEST,
    DosagePlan,
    EvidenceRating,
    Oversight,
    Program,
    Provider,
)
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer

MANAGE = "programs.manage"
OLDEST = 25
"""No youth program is for anybody older."""

PROVIDER_FIELDS = frozenset({"name", "agency_id", "summary", "website"})
PROGRAM_FIELDS = frozenset(
    {
        "title",
        "kind",
        "provider_id",
        "summary",
        "min_age",
        "max_age",
        "languages",
        "how_to_join",
        "fee_cents",
        "parent_required",
        "starts_on",
        "source",
    }
)


@transaction.atomic
def add_provider(
    *, name: str, agency_id: int, by: Viewer, at: datetime, key: str = "", **fields: Any
) -> Provider:
    """Enter an organization that delivers programs."""
    check(by, MANAGE)
    name = said(name, "name")
    rows = Provider.objects.all()
    key = free_key(key, rows) if key else key_for(name, rows, otherwise="provider", name="name")
    _is_agency(agency_id)
    made = Provider.objects.create(key=key, name=name, agency_id=agency_id, **fields)
    audit("provider_added", made, by=by, key=made.key)
    return made


@transaction.atomic
def change_provider(*, provider_id: int, changes: dict[str, Any], by: Viewer, at: datetime) -> Provider:
    """Change what is said of a provider."""
    _only(changes, PROVIDER_FIELDS)
    provider = locked(Provider, provider_id, by=by, permission=MANAGE)
    if "name" in changes:
        changes = {**changes, "name": said(changes["name"], "name")}
        if Provider.objects.filter(name__iexact=changes["name"]).exclude(pk=provider.pk).exists():
            raise ProgramRefused(_("There is one of this name already. Choose another."), field="name")
    if "agency_id" in changes:
        _is_agency(changes["agency_id"])
    change(provider, changes, "provider_changed", by=by, key=provider.key)
    return provider


def _is_agency(agency_id: int) -> None:
    if not agencies().filter(pk=agency_id).exists():
        raise ProgramRefused(_("There is no such agency."), field="agency_id")


@transaction.atomic
def add_program(
    *, title: str, kind: str, provider_id: int, by: Viewer, at: datetime, key: str = "", **fields: Any
) -> Program:
    """Enter a program. Its key should be that of the initiative that follows it, where there is one."""
    check(by, MANAGE)
    title = said(title, "title")
    rows = Program.objects.all()
    key = free_key(key, rows) if key else key_for(title, rows, otherwise="program")
    made = Program(key=key, title=title, kind=kind, provider_id=provider_id, **fields)
    _check_program(made)
    made.save(force_insert=True)
    audit("added", made, by=by, key=made.key, kind=kind)
    return made


@transaction.atomic
def describe_program(*, program_id: int, changes: dict[str, Any], by: Viewer, at: datetime) -> Program:
    """Change what is said of a program.

    Its kind can be changed while nothing was offered that the new kind does not have.
    """
    _only(changes, PROGRAM_FIELDS)
    program = locked(Program, program_id, by=by, permission=MANAGE)
    kind = changes.get("kind", program.kind)
    if not shape_of(kind).sessions and program.offerings.exists():
        raise ProgramRefused(
            _("It has offerings, which this kind does not have. End this program and enter another."),
            field="kind",
        )
    wanted = {**changes, "title": said(changes["title"], "title")} if "title" in changes else changes
    for name, value in wanted.items():
        if getattr(program, name) != value:
            break
    else:
        return program
    tried = Program.objects.get(pk=program.pk)
    for name, value in wanted.items():
        setattr(tried, name, value)
    _check_program(tried)
    change(program, wanted, "described", by=by, key=program.key)
    return program


def _check_program(program: Program) -> None:
    if not Provider.objects.filter(pk=program.provider_id).exists():
        raise ProgramRefused(_("There is no such provider."), field="provider_id")
    for field in ("min_age", "max_age"):
        age = getattr(program, field)
        if age is not None and not 0 <= age <= OLDEST:
            raise ProgramRefused(_("Write an age from 0 to %(oldest)d.") % {"oldest": OLDEST}, field=field)
    if program.min_age is not None and program.max_age is not None and program.max_age < program.min_age:
        raise ProgramRefused(_("The highest age lies below the lowest."), field="max_age")
    in_order(program.starts_on, program.ended_on, "starts_on")
    in_order(program.starts_on, program.pilot_until, "starts_on")


@transaction.atomic
def end_program(*, program_id: int, ended_on: date, by: Viewer, at: datetime) -> Program:
    """Say from which day on a program is over. What it was stays."""
    program = locked(Program, program_id, by=by, permission=MANAGE)
    in_order(program.starts_on, ended_on, "ended_on")
    change(program, {"ended_on": ended_on}, "ended", by=by, key=program.key, ended_on=ended_on)
    return program


@transaction.atomic
def set_plan(
    *,
    program_id: int,
    valid_from: date,
    sessions: int,
    minutes: int,
    source: str,
    by: Viewer,
    at: datetime,
    weeks: int | None = None,
    group_min: int | None = None,
    group_max: int | None = None,
    invented: bool = False,
) -> DosagePlan:
    """Say how much of a program there should be from a day on. The plan before it ends on the day before.

    A plan of the same day is written anew; one that would lie before a later plan is refused.
    """
    program = locked(Program, program_id, by=by, permission=MANAGE)
    if not shape_of(program.kind).dosage:
        raise ProgramRefused(_("A program of this kind has no plan of sessions."))
    if not 1 <= sessions <= 400:
        raise ProgramRefused(_("Write a number of sessions from 1 to 400."), field="sessions")
    if not 5 <= minutes <= LONGEST:
        raise ProgramRefused(_("Write minutes from 5 to 1440."), field="minutes")
    if group_min is not None and group_max is not None and group_max < group_min:
        raise ProgramRefused(_("The largest group is smaller than the smallest."), field="group_max")
    if program.plans.filter(valid_from__gt=valid_from).exists():
        raise ProgramRefused(_("A later plan is there already. Choose a day after it."), field="valid_from")
    values = {
        "sessions": sessions,
        "minutes": minutes,
        "weeks": weeks,
        "group_min": group_min,
        "group_max": group_max,
        "source": said(source, "source"),
    }
    there = program.plans.filter(valid_from=valid_from).first()
    if there is not None:
        change(there, values, "plan_changed", by=by, key=program.key)
        return there
    program.plans.filter(valid_to__isnull=True).update(valid_to=valid_from - timedelta(days=1))
    made = DosagePlan.objects.create(program=program, valid_from=valid_from, invented=invented, **values)
    audit("plan_set", made, by=by, key=program.key, sessions=sessions, minutes=minutes)
    return made


@transaction.atomic
def rate(
    *,
    program_id: int,
    source: str,
    rating: str,
    population: str,
    dated: date,
    date_is: str,
    by: Viewer,
    at: datetime,
    found_at: str = "",
    invented: bool = False,
) -> EvidenceRating:
    """Write down what a source says of a program, of whom and when. What others say stays beside it.

    The same source on the same day is written anew. Raises ``ProgramRefused`` for a day that is to come,
    whoever writes.
    """
    program = locked(Program, program_id, by=by, permission=MANAGE)
    source = said(source, "source")
    # By the clock on the wall, for the system too: sources go on after the demonstration's day.
    if dated > timezone.localdate(by.at):
        raise ProgramRefused(
            _("This day has not come yet: write the day that stands at the source."), field="dated"
        )
    values = {
        "rating": said(rating, "rating"),
        "population": said(population, "population"),
        "date_is": date_is,
        "found_at": found_at.strip(),
    }
    there = program.ratings.filter(source__iexact=source, dated=dated).first()
    if there is not None:
        change(there, values, "rating_changed", by=by, key=program.key)
        return there
    made = EvidenceRating.objects.create(
        program=program, source=source, dated=dated, invented=invented, **values
    )
    audit("rated", made, by=by, key=program.key)
    return made


@transaction.atomic
def oversee(*, program_id: int, body_keys: list[str], by: Viewer, at: datetime) -> Program:
    """Say which bodies look after a program, by the short names under which their meetings are kept."""
    program = locked(Program, program_id, by=by, permission=MANAGE)
    wanted = set(body_keys)
    there = set(program.oversight.values_list("body_key", flat=True))
    if wanted == there:
        return program
    program.oversight.filter(body_key__in=there - wanted).delete()
    Oversight.objects.bulk_create(Oversight(program=program, body_key=key) for key in sorted(wanted - there))
    audit("overseen", program, by=by, key=program.key, bodies=sorted(wanted))
    return program


def _only(changes: dict[str, Any], known: frozenset[str]) -> None:
    foreign = set(changes) - known
    if foreign:
        raise ValueError(f"not to be changed so: {', '.join(sorted(foreign))}")
