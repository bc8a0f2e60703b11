"""Results, papers and equipment, in and out."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.exchange.tables import (
    MANY,
    Cells,
    ProgramTable,
    Values,
    acting,
    filled,
    program_column,
    program_of,
    words,
)
from schoolward.domains.programs.models import (
    Equipment,
    InstrumentResult,
    Waiver,
    Wave,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, number, one_of, whole_number, yes_no
from schoolward.platform.exchange.registry import ImportContext, register

_value = number(-1_000_000, 1_000_000, decimals=2)
_RESULT_KEY = ("instrument", "wave", "starts_on", "ends_on")
_RESULT = (*_RESULT_KEY, "respondents", "mean", "lowest", "highest", "higher_is_better")


@register
class Results(ProgramTable):
    """Means of instruments, before and after."""

    key = "program-results"
    title = _("Survey results of programs")
    description = _("The mean over everybody who filled an instrument in; none of fewer than eleven.")
    columns = (
        program_column(),
        words("instrument", _("Its name."), 120, required=True, example="Knowledge survey"),
        Column("wave", _("Before or after."), required=True, parse=one_of(Wave.choices), example="pre"),
        Column("starts_on", _("Filled in from."), required=True, parse=day, example="2012-08-27"),
        Column("ends_on", _("Until."), required=True, parse=day, example="2012-08-31"),
        Column("respondents", _("How many filled it in."), required=True, parse=MANY, example="30"),
        Column("mean", _("The mean; blank for fewer than eleven."), parse=_value, example="12.5"),
        Column("lowest", _("Lowest possible value."), required=True, parse=_value, example="0"),
        Column("highest", _("Highest possible value."), required=True, parse=_value, example="20"),
        Column("higher_is_better", _("Whether higher is better."), parse=yes_no),
    )

    def rows(self, viewer: Viewer) -> QuerySet[InstrumentResult]:
        return queries.results(viewer)

    def cells(self, record: InstrumentResult) -> Cells:
        return {**{name: getattr(record, name) for name in _RESULT}, "program": record.program.key}

    def find(self, values: Values, context: ImportContext) -> InstrumentResult | None:
        same = {name: values[name] for name in _RESULT_KEY}
        return program_of(values, context).results.filter(**same).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.record_result(
            program_id=program_of(values, context).pk,
            **filled(values, *_RESULT, mean=None, higher_is_better=True),
            **acting(context),
        )


_WAIVER = ("title", "months", "valid_from")


@register
class Waivers(ProgramTable):
    """Papers that a parent signs."""

    key = "program-waivers"
    title = _("Papers that parents sign")
    description = _("Which paper is asked for. The signed ones stay with the provider.")
    columns = (
        program_column(),
        words("title", _("What it is called."), 120, required=True, example="Permission to take part"),
        Column(
            "months",
            _("For how many months it holds."),
            required=True,
            parse=whole_number(1, 60),
            example="12",
        ),
        Column("valid_from", _("Asked for from."), required=True, parse=day, example="2012-08-27"),
        Column("valid_to", _("Written out, not read in."), parse=day),
    )
    written_out = frozenset({"valid_to"})

    def rows(self, viewer: Viewer) -> QuerySet[Waiver]:
        return queries.waivers(viewer).order_by("program__key", "valid_from", "pk")

    def cells(self, record: Waiver) -> Cells:
        names = (*_WAIVER, "valid_to")
        return {**{name: getattr(record, name) for name in names}, "program": record.program.key}

    def find(self, values: Values, context: ImportContext) -> Waiver | None:
        asked = program_of(values, context).waivers
        return asked.filter(title__iexact=values["title"], valid_from=values["valid_from"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.ask_for_waiver(
            program_id=program_of(values, context).pk, **filled(values, *_WAIVER), **acting(context)
        )


_THING = ("title", "owned", "fit", "lent", "checked_on", "check_months")


@register
class Things(ProgramTable):
    """Equipment as numbers."""

    key = "program-equipment"
    title = _("Equipment of programs")
    description = _("What a program owns and lends, as numbers.")
    columns = (
        program_column(),
        words("title", _("The thing. No names of people."), 120, required=True, example="Helmets"),
        Column("owned", _("How many there are."), required=True, parse=MANY, example="30"),
        Column("fit", _("How many are fit for use."), required=True, parse=MANY, example="27"),
        Column("lent", _("How many are lent out. Blank is none."), parse=MANY),
        Column("checked_on", _("Last checked on."), parse=day),
        Column("check_months", _("Checked every how many months. Blank is 12."), parse=whole_number(1, 60)),
    )

    def rows(self, viewer: Viewer) -> QuerySet[Equipment]:
        return queries.equipment(viewer)

    def cells(self, record: Equipment) -> Cells:
        return {**{name: getattr(record, name) for name in _THING}, "program": record.program.key}

    def find(self, values: Values, context: ImportContext) -> Equipment | None:
        return program_of(values, context).equipment.filter(title__iexact=values["title"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.keep_equipment(
            program_id=program_of(values, context).pk,
            **filled(values, *_THING, lent=0, check_months=12, checked_on=None),
            **acting(context),
        )
