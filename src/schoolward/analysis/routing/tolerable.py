"""What a way that a pupil can walk is like, unless another limit is stated: a convention, not a law."""

from __future__ import annotations

__all__ = ["TOLERABLE_CROSSING_M", "TOLERABLE_FACTOR", "TOLERABLE_MINUTES"]

TOLERABLE_MINUTES, TOLERABLE_FACTOR, TOLERABLE_CROSSING_M = 20, 2.0, 60.0
"""How long it is, how hard its worst metre, and how hard its worst crossing from curb to curb, in metres of
a quiet path."""
