"""The records of this package's worked examples."""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime
from typing import Any

from schoolward.platform.measures.lineage import digest_of, freeze
from schoolward.platform.measures.period import Period, Scope
from schoolward.reports.models import CellReading, Edition, State

_THEN = datetime(2012, 9, 6, 19, tzinfo=UTC)
_DAY = date(2012, 9, 6)


def editions(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One edition a row: ``edition``, ``as_of``, ``state``."""
    return {
        row["edition"]: _edition(int(row["edition"]), row["state"], date.fromisoformat(row["as_of"]))
        for row in rows
    }


def numbers(rows: list[dict[str, str]]) -> dict[str, Any]:
    """One number a row, in the published or the draft edition, with its records there or one missing."""
    homes = {
        state: _edition(order, state, _DAY) for order, state in enumerate(("published", "draft"), start=1)
    }
    period = Period(None, None, _DAY)
    reading, lineage = freeze("reports.published", period, Scope())
    made = {}
    for row in rows:
        pks = [key.rpartition(":")[2] for key in lineage.keys()]  # noqa: SIM118 - a method, not a mapping
        if row["records"] == "one deleted":
            pks.append("999999")
        made[row["number"]] = CellReading.objects.create(
            edition=homes[row["edition"]],
            position=int(row["number"]),
            section="results",
            token="reports.published",  # noqa: S106 - a token of text
            measure_key="reports.published",
            measure_version=1,
            title="Published editions",
            unit="editions",
            as_of=_DAY,
            shown="1",
            value=reading.value,
            record_model=lineage.model,
            record_count=len(pks),
            record_digest=digest_of(lineage.model, pks),
            record_keys=zlib.compress("\n".join(pks).encode()),
            anomaly="not judged",
        )
    return made


def _edition(number: int, state: str, as_of: date) -> Edition:
    is_draft = state == State.DRAFT
    return Edition.objects.create(
        report="board-summary",
        number=number,
        as_of=as_of,
        state=state,
        created_at=_THEN,
        meeting_date=as_of,
        frozen_at=None if is_draft else _THEN,
        frozen=None if is_draft else {"sections": {}, "annex": [], "sources": [], "charts": {}},
        published_at=_THEN if state in (State.PUBLISHED, State.SUPERSEDED) else None,
    )
