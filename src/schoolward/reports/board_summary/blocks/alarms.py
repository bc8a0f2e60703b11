"""Alarms: what set the false ones off, what was done about it, and their trend."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.alarms import queries
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.display import display
from schoolward.platform.ui.charts import chart_svg, line_by_month
from schoolward.reports.asking import named_period, words_for
from schoolward.reports.board_summary.blocks.months import month_name, months_before
from schoolward.reports.composing import Composer
from schoolward.reports.content import Block, Run, column, short_date

_PERIOD = "twelve-months"
_RATES = (
    "alarms.dispatches_per_system_year",
    "alarms.activations_per_1000_armed_hours",
    "alarms.false_rate",
    "alarms.verified_share",
)
_MONTHS = 24
_CAUSES_NAMED = 4
_ACTIONS_NAMED = 4


def alarm_rates(composer: Composer) -> list[Block]:
    """How many alarms there were and to how many police were sent; the rates, with the year before beside.

    The year before has a column where anything of it is known.
    """
    counted = composer.number("alarms.activations", period=_PERIOD)
    if not composer.cell(counted).is_collected:
        return [_paragraph(composer.text(_("Alarms of the last twelve months: ")), counted)]
    words = _(" times in %(period)s. Police were sent to ") % {"period": words_for(_PERIOD, composer.as_of)}
    sentence = _paragraph(
        composer.text(_("The alarm systems were set off ")),
        counted,
        composer.text(words),
        composer.number("alarms.police_dispatch_rate", period=_PERIOD, show="numerator"),
        composer.text(_(" of these alarms; ")),
        composer.number("alarms.false_rate", period=_PERIOD, show="numerator"),
        composer.text(_(" were false.")),
    )
    return [sentence, _rates(composer)]


def _rates(composer: Composer) -> Block:
    began = queries.first_signal_on()
    before = named_period("twelve-months-before", composer.as_of).start
    has_before = began is not None and before is not None and began <= before
    rows: list[list[list[Run]]] = []
    for key in _RATES:
        now = composer.number(key, period=_PERIOD)
        row = [[composer.text(measures.get(key).title)], [now]]
        row.append(
            [composer.number(key, period=_PERIOD, show="interval")]
            if composer.cell(now).reading.interval
            else [composer.text(_("none"))]
        )
        if has_before:
            row.append([composer.number(key, period="twelve-months-before")])
        rows.append(row)
    return {
        "kind": "table",
        "caption": _("Alarms: %(period)s") % {"period": words_for(_PERIOD, composer.as_of)},
        "columns": [
            column(_("Rate"), 2.6),
            column(_("Value"), 0.7, align="right"),
            column(_("Interval"), 1.2, align="right"),
            *([column(_("Twelve months before"), 1.2, align="right")] if has_before else []),
        ],
        "rows": rows,
    }


def alarm_causes(composer: Composer) -> list[Block]:
    """The commonest causes of the twelve months' false alarms, each a number with its records."""
    period = named_period(_PERIOD, composer.as_of)
    known = {measure.key for measure in measures.all_measures()}
    found = [
        f"alarms.false.{cause}"
        for cause, _count in queries.false_by_cause(period.start, composer.as_of)
        if f"alarms.false.{cause}" in known
    ][:_CAUSES_NAMED]
    if not found:
        return []
    runs: list[Run] = [composer.text(_("What set most of the false ones off: "))]
    for place, key in enumerate(found):
        title = str(measures.get(key).title).partition(": ")[2]
        number = composer.number(key, period=_PERIOD)
        if not composer.cell(number).is_collected:
            return []
        runs += [composer.text(f"{'; ' if place else ''}{title[:1].lower()}{title[1:]}, "), number]
    return [{"kind": "paragraph", "runs": [*runs, composer.text(".")]}]


def alarm_corrections(composer: Composer) -> list[Block]:
    """The corrective actions verified in the twelve months, and whether false alarms fell after them."""
    count = composer.number("alarms.corrections", period=_PERIOD)
    verified = composer.cell(count).reading.value
    if not verified:
        words = _("Corrective actions that alarms asked for, verified in %(period)s: ")
        return [_paragraph(composer.text(words % {"period": words_for(_PERIOD, composer.as_of)}), count)]
    runs = [
        composer.text(_("Corrective actions that alarms of a zone asked for and that were verified: ")),
        count,
        composer.text(". "),
    ]
    ratio = composer.number("alarms.after_corrections", period=_PERIOD)
    if composer.cell(ratio).reading.value is not None:
        runs += [
            composer.text(_("Since then, false alarms of these zones came to ")),
            ratio,
            composer.text(_(" of those that were to be expected by the pace before (interval ")),
            composer.number("alarms.after_corrections", period=_PERIOD, show="interval"),
            composer.text(_("); an interval below a hundred percent shows a fall.")),
        ]
    start = named_period(_PERIOD, composer.as_of).start
    done = queries.verified_corrections(start, composer.as_of).select_related("campus")
    named = [
        f"{item.campus}, {item.title}: {_('verified')} {short_date(item.verified_on)}."
        for item in done.order_by("-verified_on", "pk")[:_ACTIONS_NAMED]
    ]
    if (more := int(verified) - len(named)) > 0:
        named.append(ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more})
    return [_paragraph(*runs), {"kind": "bullets", "items": [[composer.text(words)] for words in named]}]


def _paragraph(*runs: Run) -> Block:
    return {"kind": "paragraph", "runs": list(runs)}


def alarm_months(composer: Composer) -> list[Block]:
    """Alarms and police sent over up to 24 whole months. Every point is a number with records."""
    begun = queries.first_signal_on()
    set_off: list[tuple[date, float | None]] = []
    sent: list[tuple[date, float | None]] = []
    for first in months_before(composer.as_of, _MONTHS):
        if begun is None or first < begun:
            continue  # nobody heard of alarms in the whole of it
        last = first.replace(day=monthrange(first.year, first.month)[1])
        days = {"from_": first.isoformat(), "to": last.isoformat()}
        counted = composer.number("alarms.activations", in_chart=True, **days)
        police = composer.number("alarms.police_dispatch_rate", in_chart=True, show="numerator", **days)
        set_off.append((first, composer.cell(counted).reading.value))
        sent.append((first, composer.cell(police).reading.numerator))
    known = [(month, value) for month, value in set_off if value is not None]
    if len(known) < 2:
        return [composer.note(_("Alarms are not known for two whole months yet: there is no trend to show."))]
    high, low = max(known, key=lambda point: point[1]), min(known, key=lambda point: point[1])
    police_of = dict(sent)
    description = _(
        "Two lines over %(count)s months, %(first)s to %(last)s. Alarms were most in %(high)s with %(most)s, "
        "of which police were sent to %(most_sent)s, and fewest in %(low)s with %(least)s, of which police "
        "were sent to %(least_sent)s."
    ) % {
        "count": len(known),
        "first": month_name(known[0][0]),
        "last": month_name(known[-1][0]),
        "most": display(high[1], "activations"),
        "most_sent": display(police_of[high[0]], "activations"),
        "high": month_name(high[0]),
        "least": display(low[1], "activations"),
        "least_sent": display(police_of[low[0]], "activations"),
        "low": month_name(low[0]),
    }
    title = _("Alarms, and those to which police were sent, by month")
    spec = line_by_month({_("Alarms"): set_off, _("Police sent"): sent}, unit=_("alarms"), height=110)
    svg = chart_svg(spec, title=title, description=description)
    return [composer.chart("alarm-months", str(svg), caption=title, description=description)]


def alarm_note(composer: Composer) -> list[Block]:
    """Says in place, not only in the annex, when the alarms are invented."""
    shown = any(cell.reading.measure.key.startswith("alarms.") for cell in composer.cells)
    if not shown or not queries.activations(None, composer.as_of).filter(generated=True).exists():
        return []
    words = _(
        "The alarms of this demonstration are invented. They came in through the receiver as those of real "
        "panels do, and say nothing about real schools."
    )
    return [composer.note(words)]
