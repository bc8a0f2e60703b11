"""What became of a file: counts, and each rejected row with its column, its value, the error and the mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.functional import Promise

from schoolward.platform.access.identifiers import explain

MOST_REJECTIONS_KEPT = 10_000
VALUE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Rejection:
    """One cell that kept its row out. ``row`` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    error: str
    mend: str = ""


@dataclass(slots=True)
class Report:
    """The outcome of an import or its preview.

    Every row read is counted once, under created, updated, unchanged or rejected. ``rejected`` keeps the
    first 10,000 rejections, one a faulty cell; ``rejected_rows`` counts the rows. The faults of a row come
    one after the other.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    rejected_rows: int = 0
    warnings: list[str] = field(default_factory=list)
    format: str = ""
    _last_rejected: tuple[str, int] | None = field(default=None, repr=False, compare=False)

    def reject(
        self,
        row: int,
        column: str,
        value: object,
        error: str | Promise,
        mend: str | Promise = "",
        *,
        file: str = "",
    ) -> None:
        """Count a row as rejected, once however many faults it has, and keep the reason. Of a set of files,
        ``file`` says whose row it is and is told with the column."""
        if (file, row) != self._last_rejected:
            self.rejected_rows += 1
            self._last_rejected = (file, row)
        column = f"{file} {column}".strip()
        if len(self.rejected) < MOST_REJECTIONS_KEPT:
            # A number that must not be kept is not kept by the report either.
            shown = "" if value is None or explain(str(value)) else str(value)[:VALUE_LENGTH]
            self.rejected.append(Rejection(row, column, shown, str(error), str(mend)))

    def warn(self, sentence: str | Promise) -> None:
        """Add something that the reader should know; the same sentence is kept once."""
        if str(sentence) not in self.warnings:
            self.warnings.append(str(sentence))

    def as_json(self) -> dict[str, Any]:
        """Return the shape that scripts rely on."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": [asdict(rejection) for rejection in self.rejected],
            "rejected_rows": self.rejected_rows,
            "warnings": list(self.warnings),
            "format": self.format,
        }

    def counts(self) -> Report:
        """The report without anything that a row said: only how many came to what."""
        counted = Report(self.read, self.created, self.updated, self.unchanged, format=self.format)
        counted.rejected_rows = self.rejected_rows
        return counted

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Report:
        """Rebuild a report from what :meth:`as_json` gave."""
        return cls(**{**kept, "rejected": [Rejection(**rejection) for rejection in kept["rejected"]]})
