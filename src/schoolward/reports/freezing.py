"""Freezing an edition: its text is composed once, and each number is kept with its records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schoolward.analysis.anomaly import Judgement, Verdict
from schoolward.platform.measures.together import together
from schoolward.reports import registry
from schoolward.reports.anomalies import judged
from schoolward.reports.composing import Composer
from schoolward.reports.content import Cell, Composition
from schoolward.reports.models import CellReading, Edition


def compose_texts(report: str, as_of: date, texts: Mapping[str, str]) -> Composition:
    """Compose a report from its texts by section, live. Raises ``SectionError``."""
    kind = registry.get(report)
    ordered = [(section.key, section.title, texts.get(section.key, "")) for section in kind.sections]
    return Composer(as_of, blocks=kind.blocks, annex=kind.annex).compose(ordered)


def freeze_edition(edition: Edition, *, at: datetime) -> int:
    """Compose, keep the content in ``edition.frozen`` and the numbers as rows. Returns how many numbers."""
    texts = dict(edition.sections.values_list("key", "body"))
    with together():
        composition = compose_texts(edition.report, edition.as_of, texts)
        judgements = judged(composition.cells)
    edition.frozen = content_of(composition)
    rows = [frozen_cell(edition, cell, judgements.get(cell.position)) for cell in composition.cells]
    CellReading.objects.bulk_create(rows)
    return len(rows)


def content_of(composition: Composition) -> dict[str, Any]:
    """The composed content as JSON, without the cells (they have rows of their own)."""
    return {
        "sections": composition.sections,
        "annex": composition.annex,
        "sources": list(composition.sources),
        "charts": composition.charts,
    }


def frozen_cell(edition: Edition, cell: Cell, judgement: Judgement | None = None) -> CellReading:
    """A composed number as the row that keeps it (not saved)."""
    reading, lineage = cell.reading, cell.lineage
    return CellReading(
        edition=edition,
        position=cell.position,
        section=cell.section,
        token=cell.token,
        measure_key=reading.measure.key,
        measure_version=reading.measure.version,
        title=str(reading.measure.title),
        unit=reading.measure.unit,
        period_start=reading.period.start,
        period_end=reading.period.end,
        as_of=reading.period.as_of,
        campus_id=reading.scope.campus_id,
        campus_name=reading.scope.label,
        shown=cell.shown,
        value=_real(reading.value),
        numerator=_real(reading.numerator),
        denominator=_real(reading.denominator),
        suppressed=reading.suppressed,
        collected=reading.collected,
        minimum_count=reading.measure.minimum_count,
        in_chart=cell.in_chart,
        note=reading.note,
        record_model=lineage.model,
        record_count=lineage.count,
        record_digest=lineage.digest,
        record_keys=lineage.packed,
        query=lineage.query,
        anomaly=judgement.verdict if judgement else Verdict.NOT_JUDGED,
        anomaly_sentence=judgement.sentence if judgement else "",
    )


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)
