"""The streets of a map as they are drawn: joined through their junctions, with no corner unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.school_map.content import MapStreet
from schoolward.analysis.school_map.framing import Frame
from schoolward.analysis.school_map.paper import OnPaper
from schoolward.analysis.school_map.street_rows import StreetRows
from schoolward.analysis.school_map.strokes import LOOKS, has_sides, looks_of

__all__ = ["Stretches", "stretches"]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Streets of one name and kind on the paper: k lines, and of each a piece that says what it is."""

    laid: OnPaper
    rows: StreetRows
    looks: NDArray[np.int64]  # places in LOOKS

    def taken(self, which: NDArray[np.int64]) -> Stretches:
        """These alone."""
        return Stretches(self.laid.taken(which), self.rows.taken(which), self.looks[which])

    def names(self) -> list[str]:
        """What each is called."""
        return [self.rows.names[name] for name in self.rows.name.tolist()]


def stretches(streets: Sequence[MapStreet], frame: Frame) -> Stretches:
    """The streets that may touch the paper: pieces that are drawn and called alike are joined."""
    rows = StreetRows.of(streets)
    laid = OnPaper.of_lines(rows.lines, frame).touching(frame)
    looks = looks_of(rows)
    _, speed = np.unique(rows.speed_kmh, return_inverse=True)
    pavement = np.where(has_sides(looks), rows.pavement, 0)
    alike = (rows.name.astype(np.int64) * len(LOOKS) + looks) * 256 + pavement
    alike = alike * (int(speed.max(initial=0)) + 1) + speed
    found = laid.joined(alike[laid.of]).simplified()
    return Stretches(found, rows.taken(found.of), looks[found.of])
