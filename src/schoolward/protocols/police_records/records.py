"""What a layout hands on: columns of good rows, the rows that it refused, and what it mended."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schoolward.protocols.delimited import Problem


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that was mended or doubted; the row was kept."""

    row: int
    column: str
    value: str
    text: str


TEXT_COLUMNS = (
    "number",
    "address",
    "code",
    "description",
    "category",
    "district",
    "beat",
    "grid",
    "campus_cds",
)


@dataclass(slots=True)
class Records:
    """Incidents in columns of one length n; row i of the file's good rows is element i of each.

    `seconds` (int64) counts from 1970-01-01 00:00: of UTC where `is_utc`, otherwise of the district's wall
    clock. `longitude` and `latitude` are degrees (float64), NaN where the file gives no position. Text is
    stripped, and empty where the file says nothing ("UI", "No Data").
    """

    rows: NDArray[np.int64]
    seconds: NDArray[np.int64]
    is_utc: NDArray[np.bool_]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    number: list[str]
    address: list[str]
    code: list[str]
    description: list[str]
    category: list[str]
    district: list[str]
    beat: list[str]
    grid: list[str]
    campus_cds: list[str]
    problems: list[Problem] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def reject(self, refused: Iterable[tuple[int, str, str, str, str]]) -> None:
        """Take rows out for reasons (index, column, value, error, mend); the first reason of a row counts."""
        reasons: dict[int, Problem] = {}
        for index, column, value, error, mend in refused:
            reasons.setdefault(index, Problem(int(self.rows[index]), column, value, error, mend))
        if not reasons:
            return
        self.problems.extend(reasons[index] for index in sorted(reasons))
        self.keep([index for index in range(len(self.rows)) if index not in reasons])

    def keep(self, indices: list[int]) -> None:
        """Keep only the rows at these indices, in this order."""
        chosen = np.asarray(indices, dtype=np.int64)
        self.rows, self.seconds, self.is_utc = self.rows[chosen], self.seconds[chosen], self.is_utc[chosen]
        self.longitude, self.latitude = self.longitude[chosen], self.latitude[chosen]
        for name in TEXT_COLUMNS:
            column = getattr(self, name)
            setattr(self, name, [column[index] for index in indices])
