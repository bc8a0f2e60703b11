"""The register of assessments in and out as CSV and XLSX, with the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, AssessmentKind
from schoolward.domains.places.queries import campuses
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, text_up_to
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

RESULT_NAMES = ["state", "instrument", "planned_on", "score", "low", "high", "coverage", "change"]
"""What came of an assessment. These are written out beside the other columns, and never read in."""


@register
class Assessments(Exchange):
    """The register of assessments."""

    key = "assessments"
    title = gettext_lazy("Assessments done on paper")
    description = gettext_lazy(
        "Which site was assessed on paper, how, when and by which role. Walks have their own table, answers."
    )
    columns = (
        Column(
            "reference",
            gettext_lazy("Your own number for it."),
            required=True,
            parse=text_up_to(40),
            example="WALK-2012-01",
        ),
        Column(
            "site",
            gettext_lazy("The site's short name in its address."),
            required=True,
            example="maple-elementary",
        ),
        Column(
            "kind",
            gettext_lazy("What kind of look."),
            required=True,
            parse=one_of(AssessmentKind.choices),
            example=AssessmentKind.WALK.value,
        ),
        Column("assessed_on", gettext_lazy("The day of it."), required=True, parse=day, example="2012-05-21"),
        Column(
            "assessor_role",
            gettext_lazy("The role of whoever assessed; no names."),
            required=True,
            parse=one_of([(role.value, role.label) for role in HUMAN_ROLES]),
            example="lead",
        ),
        Column("document", gettext_lazy("Where the document is kept."), parse=text_up_to(300)),
        *(Column(name, gettext_lazy("Written out, not read in.")) for name in RESULT_NAMES),
    )
    permission = "assessments.register"
    export_permission = "assessments.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        sites = {campus.slug: campus.pk for campus in campuses()}
        known = {row.reference: row for row in queries.assessments(context.by)}
        for row in rows:
            campus_id = sites.get(row.values["site"])
            if campus_id is None:
                context.reject(
                    row, "site", _("is not a known site"), _("Write the short name of the site's page.")
                )
                continue
            try:
                self._apply(row, campus_id, known, context)
            except actions.AssessmentRefused as refusal:
                context.reject(row, refusal.field, str(refusal))
            except AccessDenied:
                context.reject(row, "site", _("is not a site of yours"), _("Leave the row out."))

    def _apply(self, row: Row, campus_id: int, known: dict[str, Assessment], context: ImportContext) -> None:
        values = row.values
        there = known.get(values["reference"])
        if there is not None and there.version_id is not None:
            if (campus_id, values["kind"], values["assessed_on"]) == (
                there.campus_id,
                there.kind,
                there.assessed_on,
            ):
                context.report.unchanged += 1
                return
            context.reject(
                row,
                "reference",
                _("is an assessment that was walked here"),
                _("Leave the row out; what was walked is not brought in."),
            )
            return
        document = values.get("document") or ""
        if there is None:
            made = actions.register_assessment(
                reference=values["reference"],
                campus_id=campus_id,
                kind=values["kind"],
                assessed_on=values["assessed_on"],
                assessor_role=values["assessor_role"],
                document=document,
                by=context.by,
                at=context.at,
            )
            known[made.reference] = made
            context.report.created += 1
            return
        fixed = (("site", campus_id, there.campus_id), ("kind", values["kind"], there.kind))
        for column, found, kept in (*fixed, ("assessed_on", values["assessed_on"], there.assessed_on)):
            if found != kept:
                context.reject(
                    row,
                    column,
                    _("differs from the assessment of this reference"),
                    _("Give another assessment a reference of its own."),
                )
                return
        changed = actions.correct_document(
            assessment=there,
            document=document,
            assessor_role=values["assessor_role"],
            by=context.by,
            at=context.at,
        )
        if changed:
            context.report.updated += 1
        else:
            context.report.unchanged += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        done = queries.assessments(viewer).filter(assessed_on__isnull=False)
        for row in done.order_by("reference"):
            yield values_of(row)


COLUMN_NAMES = [column.name for column in Assessments.columns]


def values_of(row: Assessment) -> list[object]:
    """The values of one assessment in the order of the columns."""
    told = [row.reference, row.campus.slug, row.kind, row.assessed_on, row.assessor_role, row.document]
    return [*told, *results_of(row)]


def results_of(row: Assessment) -> list[object]:
    """The values of ``RESULT_NAMES``; percent with one decimal, blank where nothing is scored."""
    numbers = (row.score, row.low, row.high, row.coverage, row.change)
    told = [None if number is None else round(float(number), 1) for number in numbers]
    instrument = f"{row.version.instrument.key} {row.version.version}" if row.version is not None else ""
    return [row.state, instrument, row.planned_on, *told]
