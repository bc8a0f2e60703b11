"""Action plans in and out, one row a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.actions import AlarmRefused, WantedStep
from schoolward.domains.alarms.exchange.finding import (
    Places,
    count,
)
from schoolward.domains.alarms.models import SignalKind, StepKind
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    Column,
    one_of,
    text_up_to,
    whole_number,
    yes_no,
)
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register


@register
class AlarmPlans(Exchange):
    """What is to be done about each kind of signal."""

    key = "alarm-plans"
    title = gettext_lazy("Alarm action plans")
    description = gettext_lazy(
        "The steps for each kind of signal, at one site or (blank) everywhere, one row a step. The rows of a "
        "plan stand one after the other, and replace the plan that holds as a whole."
    )
    columns = (
        Column(
            "signal_kind",
            gettext_lazy("For which kind of signal."),
            required=True,
            parse=one_of(SignalKind.choices),
            example="burglary",
        ),
        Column("campus", gettext_lazy("The site's short name or CDS code; blank for everywhere.")),
        Column(
            "plan", gettext_lazy("The plan's name."), required=True, parse=text_up_to(120), example="Burglary"
        ),
        Column(
            "step",
            gettext_lazy("The step's place, from 1."),
            required=True,
            parse=whole_number(1, 99),
            example="1",
        ),
        Column(
            "kind",
            gettext_lazy("What it asks for."),
            required=True,
            parse=one_of(StepKind.choices),
            example="call",
        ),
        Column(
            "text",
            gettext_lazy("The step in words."),
            required=True,
            parse=text_up_to(300),
            example="Call the site",
        ),
        Column(
            "required",
            gettext_lazy(
                "Whether the case closes only when it is done or said to be impossible; yes if blank."
            ),
            parse=yes_no,
            example="yes",
        ),
    )
    permission = "alarms.keep"
    export_permission = "alarms.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        places = Places()
        seen: set[tuple[str, int | None]] = set()
        for (kind, where), group in groupby(
            rows, key=lambda row: (row.values["signal_kind"], row.values.get("campus"))
        ):
            owned = sorted(group, key=lambda row: int(row.values["step"]))
            campus_id = places.find(owned[0], context) if where else None
            if where and campus_id is None:
                for row in owned[1:]:
                    places.find(row, context)
                continue
            if (kind, campus_id) in seen:
                for row in owned:
                    context.reject(
                        row,
                        "signal_kind",
                        _("has rows of its plan further up already"),
                        _("Let the rows of a plan stand one after the other."),
                    )
                continue
            seen.add((kind, campus_id))
            self._keep(owned, kind, campus_id, context)

    def _keep(self, owned: list[Row], kind: str, campus_id: int | None, context: ImportContext) -> None:
        steps = [
            WantedStep(
                row.values["kind"],
                row.values["text"],
                True if row.values.get("required") is None else row.values["required"],
            )
            for row in owned
        ]
        try:
            with transaction.atomic():
                outcome = actions.keep_plan(
                    signal_kind=kind,
                    title=owned[0].values["plan"],
                    steps=steps,
                    campus_id=campus_id,
                    by=context.by,
                    at=context.at,
                ).outcome
        except (AlarmRefused, AccessDenied) as refusal:
            said = str(refusal) if isinstance(refusal, AlarmRefused) else _("is not yours to keep")
            for row in owned:
                context.reject(row, "signal_kind", said)
            return
        for _row in owned:
            count(context, outcome)

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        held = queries.plans(viewer).filter(valid_to__isnull=True)
        for plan in held.order_by("signal_kind", "campus__slug", "pk"):
            for step in plan.steps.order_by("order"):
                yield [
                    plan.signal_kind,
                    plan.campus.slug if plan.campus is not None else "",
                    plan.title,
                    step.order,
                    step.kind,
                    step.text,
                    "yes" if step.is_required else "no",
                ]
