"""Loops over arrays, compiled by numba where it is there, and run as plain Python with the same answers where
not.

Numba is brought along by the first call of any loop, and not by importing this: half a second that a process
which routes nothing does not pay. Compiled loops are kept beside this file, so that only the first run pays
for compiling. Where an installed tree cannot be written, numba keeps them in the user's own cache folder, or
in NUMBA_CACHE_DIR if that is set; where nothing can be written they are compiled again in each process.
`SCHOOLWARD_NO_NUMBA=1` switches numba off.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import update_wrapper
from importlib.util import find_spec
from typing import Any, TypeVar

__all__ = ["COMPILES", "compiled"]

Loop = TypeVar("Loop", bound=Callable[..., Any])

COMPILES: bool = os.environ.get("SCHOOLWARD_NO_NUMBA", "") in ("", "0") and find_spec("numba") is not None
"""Whether loops are compiled in this process; if not, searches go through scipy."""

_waiting: list[_Waiting] = []


class _Waiting:
    """A loop that numba has not seen yet."""

    def __init__(self, loop: Callable[..., Any]) -> None:
        self.loop = loop
        self.made: Callable[..., Any] | None = None
        update_wrapper(self, loop)
        _waiting.append(self)

    def __call__(self, *values: Any) -> Any:
        if self.made is None:
            _hand_over()
        assert self.made is not None  # noqa: S101 - the line above
        return self.made(*values)


def _hand_over() -> None:
    """Give every loop that waits to numba, and put what comes back in its place under each of its names: a
    loop that calls another one must find numba's.
    """
    from numba import njit

    for one in _waiting:
        try:
            one.made = njit(cache=True)(one.loop)
        except RuntimeError:  # numba found no folder that it may write
            one.made = njit()(one.loop)
    made = {id(one): one.made for one in _waiting}
    for module in {one.loop.__module__ for one in _waiting}:
        names = vars(sys.modules[module])
        for name, value in list(names.items()):
            if isinstance(value, _Waiting):
                names[name] = made.get(id(value), value.made)
    _waiting.clear()


def compiled(loop: Loop) -> Loop:
    """Compile a loop when it is first called, or return it as it is where nothing compiles."""
    return _Waiting(loop) if COMPILES else loop  # type: ignore[return-value]
