"""Barriers and what is recommended about them, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.exchange.columns import (
    RouteTable,
    point_columns,
    reference_column,
    site_column,
    site_of,
)
from schoolward.domains.routes.models import (
    Answer,
    Barrier,
    BarrierKind,
    BarrierState,
    Countermeasure,
    Owner,
    Recommendation,
    Severity,
    TimeOfDay,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, money, one_of, text_up_to, whole_number
from schoolward.platform.exchange.records import Cells, NotThere, Values, acting, filled
from schoolward.platform.exchange.registry import ImportContext, register

_DESCRIPTIVE = ("kind", "title", "description", "place", "owner", "severity", "time_of_day")


@register
class Barriers(RouteTable):
    """Barriers. How one stands is written out; it is moved on its page or over the API."""

    key = "route-barriers"
    title = _("Barriers on the way to school")
    description = _(
        "What is in the way of pupils who walk or ride, with its place. A new row is a report; a row whose "
        "reference is known changes what the barrier says."
    )
    columns = (
        reference_column(_("Your own number for it."), "B-0012"),
        site_column(),
        Column(
            "kind", _("What it is."), required=True, parse=one_of(BarrierKind.choices), example="crossing"
        ),
        Column(
            "title",
            _("In a few words."),
            required=True,
            parse=text_up_to(200),
            example="No crosswalk at the library",
        ),
        Column("description", _("More, if needed. No names of people."), parse=text_up_to(4000)),
        Column(
            "place",
            _("A corner or a stretch of street; no one's home."),
            required=True,
            parse=text_up_to(200),
            example="Oak Street and First Avenue",
        ),
        *point_columns(),
        Column("owner", _("Who answers for the ground."), parse=one_of(Owner.choices), example="city"),
        Column(
            "severity", _("How much harm could come of it."), parse=one_of(Severity.choices), example="high"
        ),
        Column(
            "time_of_day", _("When it is in the way."), parse=one_of(TimeOfDay.choices), example="morning"
        ),
        Column("found_on", _("The day."), parse=day, example="2012-05-08"),
        Column("state", _("Written out, not read in: how it stands."), parse=one_of(BarrierState.choices)),
        Column("closed_on", _("Written out, not read in: the day on which it was closed."), parse=day),
    )
    written_out = frozenset({"state", "closed_on"})

    def rows(self, viewer: Viewer) -> Iterable[Barrier]:
        return queries.barriers(viewer).order_by("reference")

    def cells(self, record: Barrier) -> Cells:
        names = (column.name for column in self.columns if column.name != "site")
        return {"site": record.campus.slug, **{name: getattr(record, name) for name in names}}

    def find(self, values: Values, context: ImportContext) -> Barrier | None:
        return queries.barriers(context.by).filter(reference=values["reference"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        points = {name: values[name] for name in ("longitude", "latitude")}
        told = filled(values, *_DESCRIPTIVE)
        site = site_of(values, context)
        if there is None:
            actions.report_barrier(
                campus_id=site,
                reference=values["reference"],
                found_on=values.get("found_on"),
                **points,
                **told,
                **acting(context),
            )
            return
        if there.campus_id != site or values.get("found_on") not in (None, there.found_on):
            raise actions.RouteRefused(
                _("Another barrier has this reference. Give this one a new reference."), field="reference"
            )
        actions.describe_barrier(barrier_id=there.pk, changes={**points, **told}, **acting(context))


@register
class Recommendations(RouteTable):
    """What owners are asked to do, and what they answered."""

    key = "route-recommendations"
    title = _("Recommendations about barriers")
    description = _(
        "What the owner of a barrier is asked to do, with its answer. A new row is a recommendation about an "
        "accepted barrier; a row that is known brings the answer."
    )
    columns = (
        Column(
            "barrier", _("The barrier's reference."), required=True, parse=text_up_to(40), example="B-0012"
        ),
        Column(
            "number",
            _("1 for its first recommendation."),
            required=True,
            parse=whole_number(1, 1000),
            example="1",
        ),
        Column(
            "countermeasure",
            _("What is asked for."),
            required=True,
            parse=one_of(Countermeasure.choices),
            example="crosswalk",
        ),
        Column(
            "text",
            _("The recommendation in words."),
            required=True,
            parse=text_up_to(4000),
            example="Mark a crosswalk with curb ramps.",
        ),
        Column("owner", _("Who is asked."), required=True, parse=one_of(Owner.choices), example="city"),
        Column("estimate", _("What it may cost, in dollars."), parse=money(1_000_000_000), example="18000"),
        Column("sent_on", _("The day."), required=True, parse=day, example="2012-05-15"),
        Column("answer", _("Waiting, agreed or refused."), parse=one_of(Answer.choices), example="agreed"),
        Column("answered_on", _("The day of the answer."), parse=day, example="2012-06-20"),
        Column("answer_text", _("What was said; the reason, where it refused."), parse=text_up_to(4000)),
    )
    columns_of = {"estimate_cents": "estimate"}

    def rows(self, viewer: Viewer) -> Iterable[Recommendation]:
        return queries.recommendations(viewer).order_by("barrier__reference", "number")

    def cells(self, record: Recommendation) -> Cells:
        names = ("number", "countermeasure", "text", "owner", "sent_on", "answer", "answered_on")
        return {
            **{name: getattr(record, name) for name in (*names, "answer_text")},
            "barrier": record.barrier.reference,
            "estimate": record.estimate_cents,
        }

    def row_of(self, record: Recommendation) -> list[object]:
        values = super().row_of(record)
        place = self.column_names.index("estimate")
        if record.estimate_cents is not None:
            values[place] = f"{record.estimate_cents / 100:.2f}"
        return values

    def find(self, values: Values, context: ImportContext) -> Recommendation | None:
        rows = queries.recommendations(context.by).filter(barrier__reference=values["barrier"])
        return rows.filter(number=values["number"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        barrier = queries.barriers(context.by).filter(reference=values["barrier"]).first()
        if barrier is None:
            raise NotThere("barrier")
        if there is None:
            there = self._sent(barrier, values, context)
        else:
            for name in ("countermeasure", "text", "owner", "sent_on"):
                if getattr(there, name) != values[name]:
                    raise actions.RouteRefused(
                        _("It was sent with other words. Give this one the next number."), field="number"
                    )
        answer = values.get("answer") or Answer.WAITING
        if answer != Answer.WAITING:
            actions.answer_recommendation(
                recommendation_id=there.pk,
                answer=answer,
                text=values.get("answer_text") or "",
                answered_on=values.get("answered_on"),
                **acting(context),
            )

    @staticmethod
    def _sent(barrier: Barrier, values: Values, context: ImportContext) -> Recommendation:
        if values["number"] != barrier.recommendations.count() + 1:
            raise actions.RouteRefused(
                _("The next number of this barrier is %(number)d.")
                % {"number": barrier.recommendations.count() + 1},
                field="number",
            )
        return actions.recommend(
            barrier_id=barrier.pk,
            estimate_cents=values.get("estimate"),
            **{name: values[name] for name in ("countermeasure", "text", "owner", "sent_on")},
            **acting(context),
        )
