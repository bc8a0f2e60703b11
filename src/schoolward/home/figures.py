"""A measure's reading made ready for a page: its value, where it is explained and where it opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolward.home.question import Question
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.reading import Reading, read
from schoolward.platform.measures.registry import Measure, get
from schoolward.platform.measures.together import together


@dataclass(frozen=True)
class Figure:
    """One number on a page, and the question that it answers."""

    reading: Reading
    question: Question

    @property
    def measure(self) -> Measure:
        """What was measured."""
        return self.reading.measure

    @property
    def trace_url(self) -> str:
        """Where the records behind the number are opened."""
        return self.question.trace_url(self.measure.key)

    @property
    def measure_url(self) -> str:
        """Where the measure is explained."""
        return self.question.measure_url(self.measure.key)


def figure(key: str, question: Question) -> Figure:
    """Read one measure for a question."""
    return Figure(read(key, question.period, question.scope), question)


def figures(keys: Iterable[str], question: Question, viewer: Viewer) -> list[Figure]:
    """Read the measures that the viewer may read, in the order given."""
    with together():
        return [figure(key, question) for key in keys if may(viewer, get(key).permission)]
