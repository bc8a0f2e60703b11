"""What an answer may be over HTTP, and in which words it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments.api.answering import GivenAnswer

ANSWER: TypeAdapter[Any] = TypeAdapter(GivenAnswer)


@pytest.mark.parametrize(("sent", "kept"), [(0, 0), (1000, 1000), ("dne", Mark.DOES_NOT_EXIST)])
def test_a_rating_or_a_mark(sent: Any, kept: Any) -> None:
    assert ANSWER.validate_python(sent) == kept


@pytest.mark.parametrize("sent", [True, False, 1.5, 1.0, "1", "x", None, -1, 1001, []])
def test_anything_else_is_refused_in_words(sent: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        ANSWER.validate_python(sent)
    (told,) = refused.value.errors()
    assert "write a value of the item's scale (0 to 1000), or dne or uto" in told["msg"]
