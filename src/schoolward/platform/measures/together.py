"""What several readings of one page ask alike is asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_answers: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("answers", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Within this block a :func:`shared` question is answered once. For reading only: nothing that is
    written meanwhile would be seen. The answers are forgotten at the end of the outermost block."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def shared(question: Callable[P, T]) -> Callable[P, T]:
    """Keep a function's answer for the rest of a :func:`together`; outside of one it is always asked anew.
    Its arguments must be hashable, and its answer must not be changed by those who get it."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        found: T = answers[key]
        return found

    return ask
