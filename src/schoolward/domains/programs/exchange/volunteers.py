"""Volunteers and proposals, in and out."""

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
    offering_column,
    offering_of,
    program_column,
    short_name,
    words,
)
from schoolward.domains.programs.kinds import Kind
from schoolward.domains.programs.models import (
    Assignment,
    Proposal,
    Provider,
    Vetting,
    VettingKind,
    Volunteer,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, money, number, one_of
from schoolward.platform.exchange.registry import ImportContext, register

_value = number(-1_000_000, 1_000_000, decimals=2)


def _provider_column() -> Column:
    return Column(
        "provider", _("Short name of the provider."), required=True, parse=short_name, example="river-league"
    )


def _reference_column() -> Column:
    return words(
        "reference", _("The provider's own reference. Never a name."), 20, required=True, example="RL-014"
    )


def _provider(values: Values, context: ImportContext) -> Provider:
    found = queries.providers(context.by).filter(key=values["provider"]).first()
    if found is None:
        raise NotThere("provider")
    return found


def _volunteer(values: Values, context: ImportContext) -> Volunteer:
    rows = queries.volunteers(context.by).filter(provider=_provider(values, context))
    found = rows.filter(reference__iexact=values["reference"]).first()
    if found is None:
        raise NotThere("reference")
    return found


@register
class Volunteers(ProgramTable):
    """Volunteers by reference."""

    key = "program-volunteers"
    title = _("Volunteers of programs")
    description = _("Volunteers by their provider's reference. Names stay with the provider.")
    export_permission = "programs.record"
    columns = (
        _provider_column(),
        _reference_column(),
        Column("since", _("Helps since."), required=True, parse=day, example="2012-08-20"),
        Column("ended_on", _("Helps no more since."), parse=day),
    )

    def rows(self, viewer: Viewer) -> QuerySet[Volunteer]:
        return queries.volunteers(viewer)

    def cells(self, record: Volunteer) -> Cells:
        names = ("reference", "since", "ended_on")
        return {**{name: getattr(record, name) for name in names}, "provider": record.provider.key}

    def find(self, values: Values, context: ImportContext) -> Volunteer | None:
        rows = queries.volunteers(context.by).filter(provider=_provider(values, context))
        return rows.filter(reference__iexact=values["reference"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        if there is None:
            there = actions.add_volunteer(
                provider_id=_provider(values, context).pk,
                reference=values["reference"],
                since=values["since"],
                **acting(context),
            )
        if values.get("ended_on") is not None:
            actions.end_volunteer(volunteer_id=there.pk, ended_on=values["ended_on"], **acting(context))


_CLEARED = ("kind", "cleared_on", "expires_on")


@register
class Vettings(ProgramTable):
    """Clearances: dates only."""

    key = "program-vettings"
    title = _("Clearances of volunteers")
    description = _("When a volunteer was cleared and until when that holds. What was found is not kept.")
    export_permission = "programs.record"
    columns = (
        _provider_column(),
        _reference_column(),
        Column(
            "kind", _("Of what."), required=True, parse=one_of(VettingKind.choices), example="fingerprints"
        ),
        Column("cleared_on", _("Cleared on."), required=True, parse=day, example="2012-08-10"),
        Column(
            "expires_on",
            _("The last day on which it holds."),
            required=True,
            parse=day,
            example="2017-08-09",
        ),
    )

    def rows(self, viewer: Viewer) -> QuerySet[Vetting]:
        return queries.vettings(viewer)

    def cells(self, record: Vetting) -> Cells:
        return {
            **{name: getattr(record, name) for name in _CLEARED},
            "provider": record.volunteer.provider.key,
            "reference": record.volunteer.reference,
        }

    def find(self, values: Values, context: ImportContext) -> Vetting | None:
        vetted = _volunteer(values, context).vettings
        return vetted.filter(kind=values["kind"], cleared_on=values["cleared_on"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.vet(
            volunteer_id=_volunteer(values, context).pk, **filled(values, *_CLEARED), **acting(context)
        )


@register
class Assignments(ProgramTable):
    """Which volunteer is where."""

    key = "program-assignments"
    title = _("Assignments of volunteers")
    description = _("Refused unless every clearance holds on each of the days.")
    export_permission = "programs.record"
    columns = (
        _provider_column(),
        _reference_column(),
        program_column(),
        offering_column(),
        Column("starts_on", _("From."), required=True, parse=day, example="2012-09-03"),
        Column("ends_on", _("Until."), required=True, parse=day, example="2012-12-14"),
    )
    columns_of = {"volunteer_id": "reference"}

    def rows(self, viewer: Viewer) -> QuerySet[Assignment]:
        return queries.assignments(viewer)

    def cells(self, record: Assignment) -> Cells:
        return {
            "provider": record.volunteer.provider.key,
            "reference": record.volunteer.reference,
            "program": record.offering.program.key,
            "offering": record.offering.number,
            "starts_on": record.starts_on,
            "ends_on": record.ends_on,
        }

    def find(self, values: Values, context: ImportContext) -> Assignment | None:
        offering = offering_of(values, context)
        held = _volunteer(values, context).assignments
        return held.filter(offering=offering, starts_on=values["starts_on"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.assign(
            volunteer_id=_volunteer(values, context).pk,
            offering_id=offering_of(values, context).pk,
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            **acting(context),
        )


_PROPOSED = (
    "title",
    "kind",
    "need",
    "audience",
    "evidence",
    "pilot_starts",
    "pilot_ends",
    "target",
    "stop_rule",
)
_DECIDED = ("proposed_on", "decision", "decided_on", "reason", "ending", "ended_on", "ending_reason")


@register
class Proposals(ProgramTable):
    """Proposals for new programs."""

    key = "program-proposals"
    title = _("Proposals for programs")
    description = _("Ideas for programs. A decision is taken on the page of the proposal, never by a file.")
    columns = (
        Column("key", _("Short name."), required=True, parse=short_name, example="evening-gym"),
        words("title", _("What it is called."), 200, required=True, example="Evening gym"),
        Column("kind", _("Kind of program."), required=True, parse=one_of(Kind.choices), example="event"),
        _provider_column(),
        words("need", _("What shows the need."), 600, required=True, example="Gyms are closed after five."),
        words("audience", _("For whom."), 200, required=True, example="Ages 13 to 18"),
        words(
            "evidence", _("Who found what, of whom and when."), 600, required=True, example="None was found."
        ),
        Column("cost", _("What it costs."), required=True, parse=money(100_000_000), example="4800"),
        Column("pilot_starts", _("Pilot from."), required=True, parse=day, example="2012-10-01"),
        Column("pilot_ends", _("Pilot until."), required=True, parse=day, example="2013-03-29"),
        words("measure", _("Key of the measure."), 80, required=True, example="programs.sessions_held"),
        Column("target", _("Where it should be."), required=True, parse=_value, example="90"),
        words(
            "stop_rule",
            _("What stops it early."),
            300,
            required=True,
            example="Two evenings without a leader.",
        ),
        *(words(name, _("Written out, not read in."), 600) for name in _DECIDED),
    )
    written_out = frozenset(_DECIDED)
    columns_of = {"provider_id": "provider", "cost_cents": "cost", "measure_key": "measure"}

    def rows(self, viewer: Viewer) -> QuerySet[Proposal]:
        return queries.proposals(viewer)

    def cells(self, record: Proposal) -> Cells:
        return {
            **{name: getattr(record, name) for name in ("key", *_PROPOSED, *_DECIDED)},
            "provider": record.provider.key,
            "cost": record.cost_cents,
            "measure": record.measure_key,
        }

    def row_of(self, record: Proposal) -> list[object]:
        row = super().row_of(record)
        row[self.column_names.index("cost")] = f"{record.cost_cents / 100:.2f}"
        return row

    def find(self, values: Values, context: ImportContext) -> Proposal | None:
        return queries.proposals(context.by).filter(key=values["key"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        if there is not None:
            raise actions.ProgramRefused(
                str(_("A proposal is not changed once made. Propose anew under another name.")), field="key"
            )
        actions.propose(
            key=values["key"],
            provider_id=_provider(values, context).pk,
            cost_cents=values["cost"],
            measure_key=values["measure"],
            **filled(values, *_PROPOSED),
            **acting(context),
        )
