"""What a page is asked: a period and a site, read from the query string and written back into links."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.queries import campus_by_slug, campus_for_cds
from schoolward.domains.programs.queries import check_figures, program_titles
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, PeriodError, Scope

CDS_DIGITS = 14


class BadQuestion(ValueError):
    """The query string cannot be read. The message says which part, and how it is mended."""


@dataclass(frozen=True)
class Question:
    """A period and a scope, with the site as it was asked for (a CDS code or a site's short name).

    A youth program that is asked about is named by the scope itself.
    """

    period: Period
    scope: Scope = field(default_factory=Scope)
    site: str = ""

    def parameters(self) -> dict[str, str]:
        """The query parameters that ask the same again."""
        asked = {
            "from": self.period.start,
            "to": self.period.end,
            "as_of": self.period.as_of,
            "site": self.site or None,
            "program": self.scope.program or None,
        }
        return {name: str(value) for name, value in asked.items() if value is not None}

    def query(self) -> str:
        """The parameters as a query string."""
        return urlencode(self.parameters())

    def over(self, start: date | None, end: date | None) -> Question:
        """The same question about other dates; state is judged at the new end."""
        return Question(Period(start, end, end or self.period.as_of), self.scope, self.site)

    def trace_url(self, key: str) -> str:
        """Where the records behind this measure, for this question, are opened."""
        return f"{reverse('home:trace', args=[key])}?{self.query()}"

    def measure_url(self, key: str) -> str:
        """Where the measure is explained."""
        return reverse("home:measure", args=[key])


@dataclass(frozen=True)
class Span:
    """A period that people ask for by name."""

    title: str | Promise
    start: date | None
    end: date


def spans(today: date) -> list[Span]:
    """The periods offered beside every number, shortest first."""
    this_year, last_year = Period.school_year(today), Period.previous_school_year(today)
    assert last_year.end is not None  # noqa: S101 - a whole year has an end
    return [
        Span(gettext_lazy("Last 30 days"), today - timedelta(days=29), today),
        Span(gettext_lazy("School year to date"), this_year.start, today),
        Span(gettext_lazy("Last school year"), last_year.start, last_year.end),
        Span(gettext_lazy("Last 12 months"), twelve_months(today), today),
        Span(gettext_lazy("All dates"), None, today),
    ]


def twelve_months(today: date) -> date:
    """Where a page about numbers begins unless asked otherwise: the first of the twelve months of which this
    day's is the last (6 September 2012 gives 1 October 2011). The twelve before it end where they begin.
    """
    return date(today.year, 1, 1) if today.month == 12 else date(today.year - 1, today.month + 1, 1)


def whole_months(question: Question, today: date) -> Question:
    """The question over whole months, the current one up to today: figures and charts then agree to the unit.

    The tallies that let a million incidents be charted at once are kept by month.
    """
    end = question.period.end or today
    start = question.period.start
    last = date(end.year, end.month, monthrange(end.year, end.month)[1])
    if last > today >= date(end.year, end.month, 1):
        last = today
    first = start.replace(day=1) if start else None
    return Question(Period(first, last, last), question.scope, question.site)


def ask(
    asked: Mapping[str, str], *, today: date, start: date | None = None, viewer: Viewer | None = None
) -> Question:
    """Read ``from``, ``to``, ``as_of`` (local dates, both ends included) and ``site``.

    Where a page has figures of single programs, it gives the ``viewer``, and ``program`` is read as well.

    Nothing asked means from ``start`` up to today. Raises :class:`BadQuestion`, and
    ``AccessDenied`` for a program whose figures are not the viewer's to see.
    """
    first, last, as_of = (_date(asked, name) for name in ("from", "to", "as_of"))
    if first is last is as_of is None:
        first = start
    as_of = as_of or last or today
    last = last or as_of
    if first and first > last:
        raise BadQuestion(
            _("“from” (%(first)s) lies after “to” (%(last)s). Exchange the two dates.")
            % {"first": first, "last": last}
        )
    site, program = asked.get("site", "").strip(), asked.get("program", "").strip()
    if site and program and viewer is not None:
        raise BadQuestion(_("Ask about a site or about a program, and not about both: take one out."))
    try:
        period = Period(first, last, as_of)
    except PeriodError as error:
        raise BadQuestion(_("These dates cannot be asked about: %(why)s.") % {"why": error}) from None
    if program and viewer is not None:
        return Question(period, _program(program, viewer))
    return Question(period, _scope(site, as_of), site)


def _program(key: str, viewer: Viewer) -> Scope:
    found = program_titles().get(key)
    if found is None:
        raise BadQuestion(
            _("There is no program “%(program)s”. Give the short name that stands in its address.")
            % {"program": key[:60]}
        )
    check_figures(viewer, key)
    return Scope(label=found, program=key)


def _date(asked: Mapping[str, str], name: str) -> date | None:
    text = asked.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(
            _("“%(name)s” is “%(text)s”, which is no date. Write it like 2012-09-06.")
            % {"name": name, "text": text[:40]}
        ) from None


def _scope(site: str, as_of: date) -> Scope:
    if not site:
        return Scope()
    is_code = site.isdigit() and len(site) == CDS_DIGITS
    campus = campus_for_cds(site, as_of) if is_code else campus_by_slug(site)
    if campus is None:
        raise BadQuestion(
            _("There is no site “%(site)s”. Give a school's CDS code of 14 digits or a site's short name.")
            % {"site": site[:60]}
        )
    return Scope(campus.pk, campus.name)


def explains_bad_questions(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer a question that cannot be read with status 400 and the sentence that mends it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except BadQuestion as error:
            return _explained(request, error)

    return answer


def _explained(request: HttpRequest, error: BadQuestion) -> HttpResponse:
    return render(request, "home/bad_question.html", {"sentence": str(error)}, status=400)
