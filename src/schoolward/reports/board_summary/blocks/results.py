"""Money, headline figures and the trend of incidents."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from schoolward.domains.initiatives.queries import funding_facts
from schoolward.platform.measures.display import display
from schoolward.platform.ui.charts import chart_svg, line_by_month
from schoolward.reports.asking import words_for
from schoolward.reports.board_summary.blocks.months import month_name, months_before
from schoolward.reports.composing import Composer
from schoolward.reports.content import Block, Run, column
from schoolward.reports.invented import INCIDENTS, invented_rows

MONTHS = 24


def budget(composer: Composer) -> list[Block]:
    """Awards and running costs on record; parts of an award stand under it. Public facts, each cited."""
    facts = list(funding_facts(on=composer.as_of).select_related("part_of"))
    if not facts:
        return [composer.note(_("No award has been entered yet: amounts by source are not collected."))]
    rows: list[list[list[Run]]] = []
    for fact in [fact for fact in facts if fact.part_of_id is None]:
        for shown in [fact, *(part for part in facts if part.part_of_id == fact.pk)]:
            part = shown.name.removeprefix(f"{fact.name}, ")
            name = _("of which: %(name)s") % {"name": part} if shown.part_of_id else shown.name
            year = str(shown.awarded_year) if shown.awarded_year else shown.period
            amount = [composer.text(display(shown.amount_cents, "cents"))]
            named = f"{shown.source}, award {shown.award_number}" if shown.award_number else shown.source
            source = f"{named} ({shown.get_mark_display()})" if shown.mark != "public" else named
            if shown.source:
                amount.append(composer.cite(source))
            rows.append(
                [
                    [composer.text(name)],
                    [composer.text(_("as above") if shown.part_of_id else shown.funder)],
                    [composer.text(year)],
                    amount,
                ]
            )
    return [
        {
            "kind": "table",
            "caption": _("Awards and running costs on record"),
            "columns": [
                column(_("Award"), 2.1),
                column(_("Funder"), 2.3),
                column(_("Year")),
                column(_("Amount"), align="right"),
            ],
            "rows": rows,
        }
    ]


def results(composer: Composer) -> list[Block]:
    """The four figures that the board asked for. Money is that of the recommendations alone."""
    return [
        {
            "kind": "figures",
            "items": [
                {
                    "label": _("recommendations for sites completed and verified"),
                    "runs": [composer.number("recommendations.completion", show="numerator")],
                },
                {
                    "label": _("of the recommendations accepted"),
                    "runs": [composer.number("recommendations.completion")],
                },
                {
                    "label": _("spent on these recommendations"),
                    "runs": [composer.number("recommendations.cost")],
                },
                {
                    "label": _("records of incidents at campus addresses, %(year)s")
                    % {"year": words_for("last-school-year", composer.as_of)},
                    "runs": [composer.number("incidents.at_campus", period="last-school-year")],
                },
            ],
        }
    ]


def monthly(composer: Composer) -> list[Block]:
    """Incidents at campus addresses over the last 24 whole months. Every point is a number with records."""
    points: list[tuple[date, float | None]] = []
    for first in months_before(composer.as_of, MONTHS):
        last = first.replace(day=monthrange(first.year, first.month)[1])
        run = composer.number(
            "incidents.at_campus", in_chart=True, from_=first.isoformat(), to=last.isoformat()
        )
        points.append((first, composer.cell(run).reading.value))
    known = [(month, value) for month, value in points if value is not None]
    if not known:
        return [composer.note(_("No incidents have been entered yet, so there is no trend to show."))]
    high, low = max(known, key=lambda point: point[1]), min(known, key=lambda point: point[1])
    description = _(
        "A line over %(count)s months, %(first)s to %(last)s. The most were %(most)s in %(high)s, the fewest "
        "%(least)s in %(low)s."
    ) % {
        "count": len(known),
        "first": month_name(known[0][0]),
        "last": month_name(known[-1][0]),
        "most": display(high[1], "incidents"),
        "high": month_name(high[0]),
        "least": display(low[1], "incidents"),
        "low": month_name(low[0]),
    }
    title = _("Records of incidents at campus addresses, by month")
    svg = chart_svg(
        line_by_month({title: points}, unit=_("incidents"), height=110),
        title=title,
        description=description,
    )
    return [composer.chart("monthly", str(svg), caption=title, description=description)]


def incident_note(composer: Composer) -> list[Block]:
    """Says in place, not only in the annex, when the incident records are generated."""
    generated = dict(invented_rows()).get(INCIDENTS, 0)
    shown = [cell for cell in composer.cells if cell.reading.measure.key.startswith("incidents.")]
    if not generated or not any(cell.is_collected for cell in shown):
        return []
    words = _(
        "The incident records of this demonstration are generated from tables of real counts. They are not "
        "police records of these years, and the figures above are not findings about real schools."
    )
    return [composer.note(words)]
