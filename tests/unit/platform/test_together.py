"""A question that several readings share is asked once, and never beyond the page that asked it."""

from __future__ import annotations

import pytest

from schoolward.platform.measures.together import shared, together

asked: list[tuple[int, str]] = []


@shared
def ask(number: int, *, word: str = "") -> int:
    """Note that it was asked."""
    asked.append((number, word))
    return len(asked)


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


def test_outside_it_is_always_asked_anew() -> None:
    assert (ask(1), ask(1)) == (1, 2)


def test_within_each_question_is_asked_once_until_the_outermost_end() -> None:
    with together():
        assert (ask(1), ask(1), ask(2), ask(1, word="x"), ask(1)) == (1, 1, 2, 3, 1)
        with together():
            assert ask(1) == 1
        assert ask(2) == 2
    assert ask(1) == 4
    with together():
        assert ask(1) == 5


def test_an_error_ends_it_as_well() -> None:
    with pytest.raises(ZeroDivisionError), together():
        ask(1 // len(asked))
    assert (ask(1), ask(1)) == (1, 2)
