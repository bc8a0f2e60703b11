"""What came of changes to sites: how far recommendations are by severity, and whether the fixes helped.

It prints what measures there are: the forms of M12 by severity, and of M13 for what walks of sites found.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolward.domains.assessments.wording import severity_rank
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.display import verdict
from schoolward.platform.measures.registry import Measure
from schoolward.reports.asking import words_for
from schoolward.reports.composing import Composer
from schoolward.reports.content import Block, Run

_PERIOD = "twelve-months"
_COMPLETION, _ON_TIME = "recommendations.completion.", "recommendations.on_time."
_EFFECT, _OF_ALARMS = "M13", "alarms."


def environment(composer: Composer) -> list[Block]:
    """The sentences that follow the number of recommendations completed; none of what nobody collected."""
    effects = [block for one in _effects() for block in _effect(composer, one)]
    return [
        *_in_time(composer),
        *_by_severity(composer, _COMPLETION, _("By severity: ")),
        *_by_severity(composer, _ON_TIME, _("On time, by severity: ")),
        *effects,
    ]


def _in_time(composer: Composer) -> list[Block]:
    """How many were done by the date that was agreed first, and how many sites have none left."""
    on_time = composer.number("recommendations.on_time")
    sites = composer.number("recommendations.sites_complete")
    if not composer.cell(on_time).is_collected or not composer.cell(sites).is_collected:
        return []
    return [
        _paragraph(
            composer.text(_("Of those that had fallen due, ")),
            on_time,
            composer.text(_(" were verified on time. Sites at which every recommendation is completed: ")),
            sites,
            composer.text("."),
        )
    ]


def _by_severity(composer: Composer, family: str, lead: str) -> list[Block]:
    """A share by severity, as far as anything of a severity was accepted or has fallen due."""
    told: list[Run] = []
    sisters = [one for one in measures.all_measures() if one.key.startswith(family)]
    for one in sorted(sisters, key=lambda one: severity_rank(one.key.removeprefix(family))):
        share = composer.number(one.key)
        if not composer.cell(share).is_collected:
            continue
        told += [composer.text(f"{'; ' if told else ''}{_short(one)} "), share, composer.text(" (")]
        told += [composer.number(one.key, show="parts"), composer.text(")")]
    if not told:
        return []
    return [{"kind": "paragraph", "runs": [composer.text(lead), *told, composer.text(".")]}]


def _short(one: Measure) -> str:
    """What tells a measure from its sisters: the words behind the colon of its title, else its key's end."""
    _stem, _colon, rest = str(one.title).partition(": ")
    words = rest or one.key.rpartition(".")[2].replace("_", " ")
    return f"{words[:1].lower()}{words[1:]}"


def _effects() -> list[Measure]:
    found = [one for one in measures.all_measures() if one.code == _EFFECT]
    return [one for one in found if not one.key.startswith(_OF_ALARMS)]


def _asked(composer: Composer, one: Measure, **options: str) -> Run:
    """The number over the twelve months up to the day, or at the day where it has no period."""
    if not one.at_a_day:
        options["period"] = _PERIOD
    return composer.number(one.key, in_chart=False, **options)


def _effect(composer: Composer, one: Measure) -> list[Block]:
    """Whether it became better after the fixes, against sites that were not mended; or that it is too few."""
    ratio = _asked(composer, one)
    reading = composer.cell(ratio).reading
    runs = [composer.text(f"{one.title}: "), ratio]
    if reading.value is None:
        return [_paragraph(*runs, composer.text(f". {reading.note or _('There are too few to tell.')}"))]
    if reading.interval is None:
        return [_paragraph(*runs, composer.text("."))]
    span = _asked(composer, one, show="interval")
    said = verdict(reading)
    runs += [composer.text(_(" (interval ")), span, composer.text(f"): {said}" if said else ")")]
    if not one.at_a_day:
        runs.append(composer.text(_(", over %(period)s") % {"period": words_for(_PERIOD, composer.as_of)}))
    return [_paragraph(*runs, composer.text("."))]


def _paragraph(*runs: Run) -> Block:
    return {"kind": "paragraph", "runs": list(runs)}
