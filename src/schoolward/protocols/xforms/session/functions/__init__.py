"""XPath's and ODK's functions: each makes, of its arguments, a function of (node, environment)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import digests, geography, logic, node_sets, numeric, texts, times

BUILDERS: dict[str, Callable[..., Any]] = {
    **logic.BUILDERS,
    **node_sets.BUILDERS,
    **numeric.BUILDERS,
    **texts.BUILDERS,
    **times.BUILDERS,
    **geography.BUILDERS,
    **digests.BUILDERS,
}
