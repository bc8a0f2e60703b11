"""The shapes of answers that scripts rely on: those of the command line's ``--json``, to the letter.

A test holds each against what is sent, because a name that a shape lacks would not be sent at all.
"""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Schema

Number = int | float


class MeasureOut(Schema):
    """A named number: its definition in plain words."""

    key: str
    title: str
    definition: str
    numerator: str
    denominator: str
    unit: str
    owner: str
    record_class: str
    minimum_count: int
    version: int


class _Reading(Schema):
    key: str
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    unit: str
    suppressed: bool
    collected: bool
    note: str
    interval: tuple[float, float | None] | None
    shows: str


class ReadingOut(_Reading):
    """One measure's value for a period and sites, and how many records stand behind it."""

    records: int


class TraceOut(_Reading):
    """A reading with the ids of its records, each ``app.Model:number``.

    Of a sum ``amounts`` tells in the same order what each record adds to it, in the reading's unit; null for
    a record that is not the caller's to open.
    """

    records: list[str]
    amounts: list[int | float | None] = []


class ColumnOut(Schema):
    """A column of a table."""

    name: str
    help: str
    required: bool


class TableOut(Schema):
    """A table that the caller may bring in or take out."""

    key: str
    title: str
    columns: list[ColumnOut]


class RejectionOut(Schema):
    """Why a row was kept out. ``row`` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    error: str
    mend: str


class ImportOut(Schema):
    """What became of a file, or would become of it."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: list[RejectionOut]
    rejected_rows: int
    warnings: list[str]
    format: str


class FaultOut(Schema):
    """One thing that is wrong with the audit."""

    kind: str
    sequence: int
    words: str


class VerificationOut(Schema):
    """What a walk along the audit's chain found."""

    ok: bool
    events: int
    head: str
    anchored: int
    faults: list[FaultOut]
    faults_in_all: int
    warnings: list[str]
    notes: list[str]


class CheckOut(Schema):
    """What one check of the installation found."""

    name: str
    status: Annotated[str, Field(json_schema_extra={"enum": ["ok", "warn", "fail"]})]
    found: str
    mend: str


class DoctorOut(Schema):
    """Whether the installation is well, and what is not."""

    ok: bool
    checks: list[CheckOut]


class HitOut(Schema):
    """A record in words; ``url`` is its page, where it has one."""

    title: str
    detail: str
    url: str


class FoundOut(Schema):
    """What matches among the records of a kind; ``more`` where some are left out."""

    kind: str
    hits: list[HitOut]
    more: bool


class AccountOut(Schema):
    """An account, and what it may act as."""

    email: str
    name: str
    active: bool
    demonstration: bool
    memberships: list[str]
