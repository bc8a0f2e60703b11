"""One measure over months and over sites: the same question asked once for each."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from schoolward.domains.places.queries import operating_campuses
from schoolward.home.figures import Figure
from schoolward.home.question import Question
from schoolward.platform.measures.period import Scope
from schoolward.platform.measures.reading import read
from schoolward.platform.measures.registry import Measure
from schoolward.platform.measures.together import together

MONTHS = 13  # a year and the month that it is held against


@dataclass(frozen=True)
class Part(Figure):
    """One month's or one site's figure, with the question that opens its records."""

    label: str = ""
    first: date | None = None
    url: str = ""


def has_months(measure: Measure) -> bool:
    """Whether months may be shown beside each other.

    Sites of a count of students are protected together (``platform/measures/protection``); months are not:
    a small one could be had by subtracting the others from the year. Such a measure is shown whole here.
    """
    return measure.minimum_count == 0


def months(key: str, question: Question, *, count: int = MONTHS) -> list[Part]:
    """The measure month by month up to the question's end, oldest first. The last month may be unfinished."""
    last = question.period.end or question.period.as_of
    parts = []
    for back in range(count - 1, -1, -1):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        first = date(year, month + 1, 1)
        end = min(date(year, month + 1, monthrange(year, month + 1)[1]), last)
        asked = question.over(first, end)
        reading = read(key, asked.period, asked.scope)
        parts.append(Part(reading, asked, label=first.strftime("%Y-%m"), first=first))
    return parts


def sites(key: str, question: Question) -> list[Part]:
    """The measure at each site that operates on the day asked about, the highest value first.

    A measure that knows no sites answers the same everywhere; the page says so instead of a table.
    """
    parts = []
    with together():
        for campus in operating_campuses(on=question.period.as_of):
            asked = Question(question.period, Scope(campus.pk, campus.name), campus.slug)
            reading = read(key, asked.period, asked.scope)
            url = reverse("places:detail", args=[campus.slug])
            parts.append(Part(reading, asked, label=campus.name, url=url))
    return sorted(parts, key=lambda part: (-(part.reading.value or 0), part.label))
