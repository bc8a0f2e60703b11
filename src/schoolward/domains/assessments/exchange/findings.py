"""Findings and answers out as CSV and XLSX; decisions on findings come in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Answer, Finding, FindingState
from schoolward.domains.work.states import IllegalMove
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import readable, visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, text_up_to, whole_number
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_DECISIONS = [("accepted", gettext_lazy("Accepted")), ("declined", gettext_lazy("Declined"))]


@register
class Findings(Exchange):
    """Findings, with decisions that come back from a table that was filled in at a meeting."""

    key = "findings"
    title = gettext_lazy("Findings of assessments")
    description = gettext_lazy(
        "What failed, and how it stands. Fill in decision, due and reason and bring the file in again: that "
        "accepts and declines. The other columns are there to read."
    )
    columns = (
        Column(
            "finding",
            gettext_lazy("The number of the finding; findings come from walks."),
            required=True,
            parse=whole_number(1, 2**63 - 1),
            example="17",
        ),
        Column("site", gettext_lazy("The site's short name."), example="maple-elementary"),
        Column("item", gettext_lazy("The code of the item that failed."), example="G08"),
        Column("recommendation", gettext_lazy("What is recommended."), example="Close the hole."),
        Column("severity", gettext_lazy("How grave it is."), example="high"),
        Column("trade", gettext_lazy("Who can mend it."), example="fencing"),
        Column("found_on", gettext_lazy("When it was found first."), parse=day, example="2012-05-21"),
        Column(
            "state",
            gettext_lazy("How it stands."),
            parse=one_of(FindingState.choices),
            example=FindingState.OPEN.value,
        ),
        Column("work", gettext_lazy("The reference of its work."), example="W-00012"),
        Column("zone", gettext_lazy("Where; blank for those who do not assess."), example="Fence and gates"),
        Column("note", gettext_lazy("What was seen; blank for those who do not assess.")),
        Column(
            "decision",
            gettext_lazy("Accepted or declined, for a finding that is to be decided."),
            parse=one_of(_DECISIONS),
            example="accepted",
        ),
        Column("due", gettext_lazy("By when, if not as its severity says."), parse=day, example="2012-12-01"),
        Column("reason", gettext_lazy("Why it is declined."), parse=text_up_to(300)),
    )
    permission = "assessments.decide"
    export_permission = "assessments.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        known = {row.pk: row for row in queries.findings(context.by)}
        for row in rows:
            found = known.get(row.values["finding"])
            if found is None:
                context.reject(
                    row,
                    "finding",
                    _("is not a finding that you may see"),
                    _("Findings come from walks; leave the row out."),
                )
                continue
            try:
                self._decide(row, found, context)
            except actions.AssessmentRefused as refusal:
                context.reject(row, refusal.field or "decision", str(refusal))
            except IllegalMove as refusal:
                context.reject(row, "decision", str(refusal))
            except AccessDenied:
                context.reject(row, "finding", _("is not yours to decide"), _("Leave the row out."))

    def _decide(self, row: Row, found: Finding, context: ImportContext) -> None:
        decision = row.values.get("decision")
        is_as_said = decision is None or decision == found.state
        if is_as_said or (decision == "accepted" and found.state == FindingState.RESOLVED):
            context.report.unchanged += 1
        elif decision == "accepted":
            actions.accept_finding(
                finding_id=found.pk, due=row.values.get("due"), by=context.by, at=context.at
            )
            context.report.updated += 1
        else:
            reason = row.values.get("reason") or ""
            actions.decline_finding(finding_id=found.pk, reason=reason, by=context.by, at=context.at)
            context.report.updated += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for row in queries.findings(viewer).order_by("pk"):
            sees_all = readable(row, "note", viewer)
            yield [
                row.pk,
                row.campus.slug,
                row.code,
                row.title,
                row.severity,
                row.trade,
                row.found_on,
                row.state,
                row.work.reference if row.work is not None else "",
                row.zone if sees_all else "",
                row.note if sees_all else "",
                "",
                "",
                "",
            ]


@register
class Answers(Exchange):
    """The answers that count, of walks that were handed in. They come in by walks alone."""

    key = "answers"
    title = gettext_lazy("Answers of walks")
    description = gettext_lazy("Each item's answer of each walk that was handed in.")
    columns = (
        Column("assessment", gettext_lazy("The reference of the assessment."), example="A-00012"),
        Column("site", gettext_lazy("The site's short name."), example="maple-elementary"),
        Column("assessed_on", gettext_lazy("The day of it."), parse=day, example="2012-05-21"),
        Column("instrument", gettext_lazy("The instrument and its version."), example="cpted-school 1"),
        Column("assessor", gettext_lazy("1, or 2 for the second assessor."), example="1"),
        Column("item", gettext_lazy("The code of the item."), example="G08"),
        Column(
            "answer", gettext_lazy("The value, dne (does not exist) or uto (unable to observe)."), example="2"
        ),
        Column("note", gettext_lazy("What was noted.")),
    )
    permission = "assessments.answers"
    export_permission = "assessments.answers"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        for row in rows:
            context.reject(
                row,
                "answer",
                _("cannot be brought in from a file"),
                _("Answers are given in a walk, by the one who walks it."),
            )

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        given = visible(Answer.objects.all(), viewer).filter(
            walk__submitted_at__isnull=False, walk__assessment__assessed_on__isnull=False
        )
        related = ("walk__assessment__campus", "walk__assessment__version__instrument", "item")
        ordered = given.select_related(*related).order_by("walk_id", "item__position", "given_at", "pk")
        last: Answer | None = None
        for one in ordered.iterator(chunk_size=2000):
            if one.item.code in (one.walk.not_asked or ()):
                continue
            if last is not None and (one.walk_id, one.item_id) != (last.walk_id, last.item_id):
                yield _cells(last)
            last = one
        if last is not None:
            yield _cells(last)


def _cells(one: Answer) -> list[object]:
    assessment = one.walk.assessment
    assert assessment is not None and assessment.version is not None  # noqa: S101, PT018 - filtered so
    return [
        assessment.reference,
        assessment.campus.slug,
        assessment.assessed_on,
        f"{assessment.version.instrument.key} {assessment.version.version}",
        one.walk.number,
        one.item.code,
        one.mark or one.value,
        one.note,
    ]
