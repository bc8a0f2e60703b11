"""Loops over arrays, compiled by numba where it is there, and run as plain Python with the same answers where
not.

Compiled loops are kept beside this file, so that only the first run pays for compiling. Where an installed
tree cannot be written, numba keeps them in the user's own cache folder, or in NUMBA_CACHE_DIR if that is set;
where nothing can be written they are compiled again in each process. `SCHOOLWARD_NO_NUMBA=1` switches numba
off.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["COMPILES", "compiled"]

Loop = TypeVar("Loop", bound=Callable[..., Any])


def _compiler() -> Any:
    if os.environ.get("SCHOOLWARD_NO_NUMBA", "") not in ("", "0"):
        return None
    try:
        import numba
    except ImportError:
        return None
    return numba.njit


_NJIT = _compiler()

COMPILES: bool = _NJIT is not None
"""Whether loops are compiled in this process; if not, searches go through scipy."""


def compiled(loop: Loop) -> Loop:
    """Compile a loop when it is first called, or return it as it is where nothing compiles."""
    if _NJIT is None:
        return loop
    try:
        made: Loop = _NJIT(cache=True)(loop)
    except RuntimeError:  # numba found no folder that it may write
        made = _NJIT()(loop)
    return made
