"""Results of instruments as sums, and waivers and equipment as numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    believable,
    change,
    delivered,
    in_order,
    locked,
    said,
)
from schoolward.domains.programs.models import Equipment, InstrumentResult, Program, Waiver
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import FEWEST_STUDENTS

MANAGE = "programs.manage"


@transaction.atomic
def record_result(
    *,
    program_id: int,
    instrument: str,
    wave: str,
    starts_on: date,
    ends_on: date,
    respondents: int,
    lowest: Decimal,
    highest: Decimal,
    by: Viewer,
    at: datetime,
    mean: Decimal | None = None,
    higher_is_better: bool = True,
    invented: bool = False,
) -> InstrumentResult:
    """Write down the mean of an instrument over everybody who filled it in. The same wave again is written
    anew.

    Of fewer than eleven no mean is taken: it would be nearly the answers of single children.
    """
    program = locked(Program, program_id, by=by, permission=MANAGE)
    in_order(starts_on, ends_on, "ends_on")
    believable(respondents, "respondents")
    if highest <= lowest:
        raise ProgramRefused(_("The highest value lies above the lowest."), field="highest")
    if mean is not None and respondents < FEWEST_STUDENTS:
        raise ProgramRefused(
            _(
                "A mean of fewer than %(fewest)d young people is not kept. Leave it empty, or take "
                "several groups "
                "together."
            )
            % {"fewest": FEWEST_STUDENTS},
            field="mean",
        )
    if mean is not None and not lowest <= mean <= highest:
        raise ProgramRefused(_("The mean lies outside of the scale."), field="mean")
    values = {
        "respondents": respondents,
        "mean": mean,
        "lowest": lowest,
        "highest": highest,
        "higher_is_better": higher_is_better,
    }
    instrument = said(instrument, "instrument")
    there = program.results.filter(
        instrument=instrument, wave=wave, starts_on=starts_on, ends_on=ends_on
    ).first()
    if there is not None:
        change(there, values, "result_changed", by=by, key=program.key)
        return there
    made = InstrumentResult.objects.create(
        program=program,
        instrument=instrument,
        wave=wave,
        starts_on=starts_on,
        ends_on=ends_on,
        invented=invented,
        **values,
    )
    audit("result_recorded", made, by=by, key=program.key, wave=wave)
    return made


@transaction.atomic
def ask_for_waiver(
    *,
    program_id: int,
    title: str,
    months: int,
    valid_from: date,
    by: Viewer,
    at: datetime,
    invented: bool = False,
) -> Waiver:
    """Say which paper a parent signs from a day on, and for how many months a signature holds."""
    program = locked(Program, program_id, by=by, permission=MANAGE)
    title = said(title, "title")
    if not 1 <= months <= 60:
        raise ProgramRefused(_("Write months from 1 to 60."), field="months")
    there = program.waivers.filter(title__iexact=title, valid_from=valid_from).first()
    if there is not None:
        change(there, {"months": months}, "waiver_changed", by=by, key=program.key)
        return there
    if program.waivers.filter(title__iexact=title, valid_from__gt=valid_from).exists():
        raise ProgramRefused(_("A later one is there already. Choose a day after it."), field="valid_from")
    program.waivers.filter(title__iexact=title, valid_to__isnull=True).update(
        valid_to=valid_from - timedelta(days=1)
    )
    made = Waiver.objects.create(
        program=program, title=title, months=months, valid_from=valid_from, invented=invented
    )
    audit("waiver_asked_for", made, by=by, key=program.key)
    return made


@transaction.atomic
def keep_equipment(
    *,
    program_id: int,
    title: str,
    owned: int,
    fit: int,
    by: Viewer,
    at: datetime,
    lent: int = 0,
    checked_on: date | None = None,
    check_months: int = 12,
    invented: bool = False,
) -> Equipment:
    """Enter things of one sort, or their numbers anew."""
    program = delivered(program_id, by=by)
    title = said(title, "title")
    for field, number in (("owned", owned), ("fit", fit), ("lent", lent)):
        believable(number, field)
    for field, number in (("fit", fit), ("lent", lent)):
        if number > owned:
            raise ProgramRefused(_("There are not so many."), field=field)
    values = {
        "owned": owned,
        "fit": fit,
        "lent": lent,
        "checked_on": checked_on,
        "check_months": check_months,
    }
    there = program.equipment.filter(title__iexact=title).first()
    if there is not None:
        change(there, values, "equipment_changed", by=by, key=program.key)
        return there
    made = Equipment.objects.create(program=program, title=title, invented=invented, **values)
    audit("equipment_added", made, by=by, key=program.key)
    return made
