"""Freezing an edition: its text is composed once, and each number is kept with its records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolward.analysis.anomaly import Verdict
from schoolward.reports import registry
from schoolward.reports.anomalies import judged
from schoolward.reports.composing import Composer
from schoolward.reports.content import Cell, Composition
from schoolward.reports.models import CellReading, Edition


def compose_edition(edition: Edition) -> Composition:
    """Compose the whole edition from its texts, live. Raises ``SectionError``."""
    kind = registry.get(edition.report)
    titles = {section.key: section.title for section in kind.sections}
    texts = [(section.key, titles[section.key], section.body) for section in edition.sections.all()]
    return Composer(edition.as_of, blocks=kind.blocks, annex=kind.annex).compose(texts)


def freeze_edition(edition: Edition, *, at: datetime) -> int:
    """Compose, keep the content in ``edition.frozen`` and the numbers as rows. Returns how many numbers."""
    composition = compose_edition(edition)
    edition.frozen = content_of(composition)
    rows = [frozen_cell(edition, cell) for cell in composition.cells]
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


def frozen_cell(edition: Edition, cell: Cell) -> CellReading:
    """A composed number as the row that keeps it (not saved)."""
    judgement = judged(cell)
    return CellReading(
        edition=edition,
        position=cell.position,
        section=cell.section,
        token=cell.token,
        measure_key=cell.key,
        measure_version=cell.version,
        title=cell.title,
        unit=cell.unit,
        period_start=cell.period.start,
        period_end=cell.period.end,
        as_of=cell.period.as_of,
        campus_id=cell.scope.campus_id,
        campus_name=cell.scope.label,
        shown=cell.shown,
        value=cell.value,
        numerator=cell.numerator,
        denominator=cell.denominator,
        suppressed=cell.suppressed,
        collected=cell.collected,
        minimum_count=cell.minimum_count,
        in_chart=cell.in_chart,
        note=cell.note,
        record_model=cell.lineage.model,
        record_count=cell.lineage.count,
        record_digest=cell.lineage.digest,
        record_keys=cell.lineage.packed,
        query=cell.lineage.query,
        anomaly=judgement.verdict if judgement else Verdict.NOT_JUDGED,
        anomaly_sentence=judgement.sentence if judgement else "",
    )
