"""Youth services: referrals step by step, what became of them, diversion, and the attendance center.

Every row is one measure with what it is held against. What nobody collected is named in a sentence and is
no row, and a few young people are shown nowhere: the measures withhold them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.display import verdict
from schoolward.reports.asking import words_for
from schoolward.reports.composing import Composer
from schoolward.reports.content import Block, Run, column

PERIOD = "last-school-year"
"""Students are counted from July 1 to the end of a month, and in no other twelve months."""
REFERRALS = ("cases.contacted", "cases.consented", "cases.started", "cases.completed")
OUTCOMES = (
    "programs.dosage",
    "programs.fidelity",
    "cases.dosage",
    "cases.new_referral_12_months",
    "cases.cost_per_completer",
    "cases.completion_by_language",
)
DIVERSION = ("diversion.offered", "diversion.completed")
CENTER = (
    "centre.visits",
    "centre.students",
    "centre.back_the_same_day",
    "centre.chronic_absence",
    "centre.board_contracts_kept",
    "centre.parents_told_in_time",
    "centre.truancy_notices_in_time",
)
GAIN = "centre.attendance_gain"
OF_THE_BOARD = (
    *REFERRALS,
    "cases.new_referral_12_months",
    *DIVERSION,
    "centre.back_the_same_day",
    "centre.truancy_notices_in_time",
)
"""The few of them that a board's summary has room for."""


def youth_summary(composer: Composer) -> list[Block]:
    """The steps of a referral, diversion and the attendance center in one table, and whether attendance
    rose."""
    return [*_table(composer, _("Youth services"), OF_THE_BOARD), *_gain(composer)]


def youth_services(composer: Composer) -> list[Block]:
    """All that is measured of programs and youth services, a table for each part."""
    return [
        *_table(composer, _("From the referral to the completion"), REFERRALS),
        *_table(composer, _("Dosage, fidelity, outcomes and cost"), OUTCOMES),
        *_table(composer, _("Diversion"), DIVERSION),
        *_table(composer, _("The attendance center"), CENTER),
        *_gain(composer),
    ]


def _table(composer: Composer, caption: str, keys: Sequence[str]) -> list[Block]:
    rows: list[list[list[Run]]] = []
    wanting: list[Run] = []
    for key in keys:
        number = composer.number(key, period=PERIOD)
        reading = composer.cell(number).reading
        title = str(measures.get(key).title)
        if not reading.collected:
            wanting += [composer.text(f"{'; ' if wanting else ''}{title}: "), number]
            continue
        row = [[composer.text(title)], [number]]
        if reading.value is None or reading.denominator is None:
            row.append([composer.text(_("withheld") if reading.suppressed else _("a count"))])
        else:
            row.append([composer.number(key, period=PERIOD, show="parts")])
        rows.append(row)
    blocks: list[Block] = []
    if rows:
        blocks.append(
            {
                "kind": "table",
                "caption": f"{caption}: {words_for(PERIOD, composer.as_of)}",
                "columns": [
                    column(_("Measure"), 2.8),
                    column(_("Value"), 1.1, align="right"),
                    column(_("Of how many"), 1.4, align="right"),
                ],
                "rows": rows,
            }
        )
    if wanting:
        blocks.append(_paragraph(*wanting, composer.text(".")))
    return blocks


def _gain(composer: Composer) -> list[Block]:
    """Whether attendance rose after visits of the last school year, against young people who never came."""
    year = "last-school-year"
    value = composer.number(GAIN, period=year)
    reading = composer.cell(value).reading
    if reading.value is None:
        words = f". {reading.note}" if reading.note else "."
        return [_paragraph(composer.text(f"{measures.get(GAIN).title}: "), value, composer.text(words))]
    said = verdict(reading)
    return [
        _paragraph(
            composer.text(
                _("After first visits to the attendance center in %(year)s, days present changed by ")
                % {"year": words_for(year, composer.as_of)}
            ),
            value,
            composer.text(_(" percentage points against that among referred young people who never came (")),
            composer.number(GAIN, period=year, show="interval"),
            composer.text(f"): {said}." if said else ")."),
        )
    ]


def _paragraph(*runs: Run) -> Block:
    return {"kind": "paragraph", "runs": list(runs)}
