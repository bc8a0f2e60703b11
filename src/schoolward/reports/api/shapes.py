"""The shapes of editions as they are read."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

Number = int | float


class EditionRow(Schema):
    """An edition in the list."""

    id: int
    report: str
    edition: int
    as_of: date
    state: str
    frozen_at: datetime | None
    published_at: datetime | None
    invented: bool


class TraceabilityOut(Schema):
    """How many of the numbers that show a value open their records now."""

    cells: int
    traced: int
    share: Number | None


class CorrectionOut(Schema):
    """A correction as readers see it."""

    day: str
    number: int | None
    text: str
    role: str


class NumberOut(Schema):
    """A number of the paper as it was frozen; withheld ones have no parts."""

    number: int
    key: str
    version: int
    shown: str
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    unit: str
    suppressed: bool
    collected: bool
    records: int | None


class PaperOut(Schema):
    """One edition with its numbers."""

    id: int
    report: str
    edition: int
    as_of: date
    state: str
    traceability: TraceabilityOut
    corrections: list[CorrectionOut]
    numbers: list[NumberOut]
