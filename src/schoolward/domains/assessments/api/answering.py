"""An answer to an item as it comes over HTTP."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from schoolward.analysis.assessing.shapes import Mark

HIGHEST = 1000
_MARKS = tuple(mark.value for mark in Mark)


def _answer(value: Any) -> Any:
    """A whole number or a mark; JSON's ``true`` is neither, whatever Python takes it for."""
    is_rating = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST
    if not is_rating and value not in _MARKS:
        raise ValueError(f"write a value of the item's scale (0 to {HIGHEST}), or {' or '.join(_MARKS)}")
    return value


GivenAnswer = Annotated[Annotated[int, Field(ge=0, le=HIGHEST)] | Mark, BeforeValidator(_answer)]
"""A value of an item's scale, or ``dne`` (does not exist), or ``uto`` (unable to observe)."""
