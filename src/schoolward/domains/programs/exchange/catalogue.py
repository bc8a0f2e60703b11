"""Providers and programs, in and out."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.exchange.tables import (
    Cells,
    NotThere,
    ProgramTable,
    Values,
    acting,
    filled,
    language_codes,
    short_name,
    words,
)
from schoolward.domains.programs.kinds import Kind
from schoolward.domains.programs.models import Program, Provider
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, money, one_of, whole_number, yes_no
from schoolward.platform.exchange.registry import ImportContext, register

_PROVIDER_WORDS = ("summary", "website")


@register
class Providers(ProgramTable):
    """Who delivers programs."""

    key = "program-providers"
    title = _("Providers of programs")
    description = _("Organizations that deliver programs. Bring agencies in first.")
    columns = (
        Column(
            "key",
            _("Short name; the same name updates the same provider."),
            required=True,
            parse=short_name,
            example="river-league",
        ),
        words("name", _("What it is called."), 200, required=True, example="River League"),
        words(
            "agency",
            _("Name of the agency that it belongs to."),
            200,
            required=True,
            example="River City Police Department",
        ),
        words("summary", _("What it is."), 500),
        words("website", _("Its address on the web."), 200),
    )
    columns_of = {"agency_id": "agency"}

    def rows(self, viewer: Viewer) -> QuerySet[Provider]:
        return queries.providers(viewer)

    def cells(self, record: Provider) -> Cells:
        return {
            "key": record.key,
            "name": record.name,
            "agency": record.agency.name,
            **{name: getattr(record, name) for name in _PROVIDER_WORDS},
        }

    def find(self, values: Values, context: ImportContext) -> Provider | None:
        return queries.providers(context.by).filter(key=values["key"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        agency = agencies().filter(name__iexact=values["agency"]).first()
        if agency is None:
            raise NotThere("agency")
        said = filled(values, *_PROVIDER_WORDS, summary="", website="")
        changes = {"name": values["name"], "agency_id": agency.pk, **said}
        if there is None:
            actions.add_provider(key=values["key"], **changes, **acting(context))
        else:
            actions.change_provider(provider_id=there.pk, changes=changes, **acting(context))


_SAID = ("title", "kind", "summary", "min_age", "max_age", "languages", "how_to_join", "parent_required")


@register
class Programs(ProgramTable):
    """The catalogue."""

    key = "programs"
    title = _("Programs")
    description = _("The catalogue of youth programs. Bring providers in first.")
    columns = (
        Column(
            "key",
            _("Short name, that of the initiative that follows it; the same name updates the same program."),
            required=True,
            parse=short_name,
            example="study-hall",
        ),
        words("title", _("What it is called."), 200, required=True, example="Study hall"),
        Column(
            "kind",
            _("How young people take part."),
            required=True,
            parse=one_of(Kind.choices),
            example=Kind.CURRICULUM.value,
        ),
        Column(
            "provider",
            _("Short name of the provider."),
            required=True,
            parse=short_name,
            example="river-league",
        ),
        words("summary", _("What takes place. No names."), 500),
        Column("min_age", _("The youngest."), parse=whole_number(0, 25), example="14"),
        Column("max_age", _("The oldest."), parse=whole_number(0, 25), example="18"),
        Column("languages", _("Codes with commas: en,es. Blank is en."), parse=language_codes),
        words("how_to_join", _("How to join."), 300),
        Column("fee", _("What it costs; 0 if it is free, blank if that is not known."), parse=money(100_000)),
        Column("parent_required", _("Whether a parent has to come along."), parse=yes_no),
        Column("starts_on", _("Since when it runs."), parse=day, example="2012-08-27"),
        Column("ended_on", _("From when on it was over."), parse=day),
        Column("pilot_until", _("Written out, not read in: a pilot begins with a proposal."), parse=day),
        words("source", _("Where ages and terms are published."), 200),
    )
    written_out = frozenset({"pilot_until"})
    columns_of = {"provider_id": "provider", "fee_cents": "fee"}

    def rows(self, viewer: Viewer) -> QuerySet[Program]:
        return queries.programs(viewer)

    def cells(self, record: Program) -> Cells:
        names = (*_SAID, "key", "starts_on", "ended_on", "pilot_until", "source")
        return {
            **{name: getattr(record, name) for name in names},
            "provider": record.provider.key,
            "fee": record.fee_cents,
        }

    def row_of(self, record: Program) -> list[object]:
        row = super().row_of(record)
        if record.fee_cents is not None:
            row[self.column_names.index("fee")] = f"{record.fee_cents / 100:.2f}"
        return row

    def find(self, values: Values, context: ImportContext) -> Program | None:
        return queries.programs(context.by).filter(key=values["key"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        provider = queries.providers(context.by).filter(key=values["provider"]).first()
        if provider is None:
            raise NotThere("provider")
        said = {
            name: value
            for name, value in values.items()
            if name not in ("key", "provider", "fee", "ended_on")
        }
        blank = {"summary": "", "how_to_join": "", "source": "", "languages": "en", "parent_required": False}
        said = {name: blank.get(name) if value is None else value for name, value in said.items()}
        said["provider_id"] = provider.pk
        if "fee" in values:
            said["fee_cents"] = values["fee"]
        if there is None:
            there = actions.add_program(key=values["key"], **said, **acting(context))
        else:
            actions.describe_program(program_id=there.pk, changes=said, **acting(context))
        if values.get("ended_on") is not None and values["ended_on"] != there.ended_on:
            actions.end_program(program_id=there.pk, ended_on=values["ended_on"], **acting(context))


PROGRAM_COLUMN_NAMES = [column.name for column in Programs.columns]


def program_row(program: Program) -> list[object]:
    """The values of one program in the order of the columns."""
    return Programs().row_of(program)
