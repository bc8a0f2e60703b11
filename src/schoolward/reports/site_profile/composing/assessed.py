"""When the site was looked at and what came of it: scores with what the unseen could move, and risk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.assessing.risk import Band, RiskGroup
from schoolward.domains.assessments.queries import Results, results_of
from schoolward.reports.sheets.shape import Column, Part, Row, Value
from schoolward.reports.sheets.values import absent, count, day, percent, points, span, words
from schoolward.reports.site_profile.composing.asked import Asked

_NEVER = gettext_lazy("Not collected: this site was not assessed yet.")


def latest_results(done: Iterable[Any]) -> list[tuple[Any, Results]]:
    """Of each instrument the last assessment that was walked here, with its results."""
    seen: set[int] = set()
    found: list[tuple[Any, Results]] = []
    for assessment in done:
        if assessment.version is None or assessment.version.instrument_id in seen:
            continue
        seen.add(assessment.version.instrument_id)
        results = results_of(assessment)
        if results is not None:
            found.append((assessment, results))
    return found


def assessed(asked: Asked, done: Iterable[Any]) -> Part:
    """The last assessment of each kind, with its score where it has one."""
    columns = (
        Column("kind", _("Kind"), width="1.6"),
        Column("assessed_on", _("Last assessed"), "day"),
        Column("instrument", _("Instrument"), width="1.8"),
        Column("score", _("Score"), "right", "0.6"),
        Column("coverage", _("Observed"), "right", "0.8"),
        Column("could_be", _("The unseen could make it"), "right", "1.1"),
        Column("change", _("Since last time"), "right", "0.8"),
    )
    last: dict[str, Any] = {}
    for one in done:
        last.setdefault(one.kind, one)
    rows = tuple(_assessment(one) for one in last.values())
    return Part(
        "assessed",
        _("Last assessed"),
        columns,
        rows,
        missing=str(_NEVER),
    )


def _assessment(one: Any) -> Row:
    page = reverse("assessments:detail", args=[one.pk])
    return {
        "kind": words(one.get_kind_display()),
        "assessed_on": day(one.assessed_on),
        "instrument": words(one.version or _("On paper"), page),
        "score": points(one.score, page),
        "coverage": percent(one.coverage),
        "could_be": _could_be(one),
        "change": points(one.change, signed=True),
    }


def _could_be(one: Any) -> Value:
    """What the unseen could make of a score; where all was seen, that."""
    told = span(one.low, one.high)
    return Value(told.raw, _("all seen")) if one.low is not None and one.low == one.high else told


def areas(asked: Asked, results: list[tuple[Any, Results]]) -> Part:
    """The scores by area of the last walk of each instrument that tells areas apart."""
    columns = (
        Column("area", _("Area"), width="2"),
        Column("score", _("Score"), "right", "0.6"),
        Column("coverage", _("Observed"), "right", "0.8"),
        Column("could_be", _("The unseen could make it"), "right", "1.2"),
        Column("change", _("Since last time"), "right", "0.9"),
    )
    rows: list[Row] = []
    scored = [(assessment, found) for assessment, found in results if found.risks is None]
    for assessment, found in scored:
        page = reverse("assessments:detail", args=[assessment.pk])
        moved = found.change.by_area if found.change is not None else {}
        for key, score in found.scores.by_area.items():
            change = moved.get(key)
            rows.append(
                {
                    "area": words(_area(found, key, len(scored) > 1), page),
                    "score": points(score.value),
                    "coverage": percent(score.coverage),
                    "could_be": span(score.low, score.high),
                    "change": points(change.difference if change is not None else None, signed=True),
                }
            )
    return Part(
        "areas",
        _("Score by area"),
        columns,
        tuple(rows),
        missing=_("Not collected: no walk with scores by area is on record."),
        note=_(
            "A score is the percentage of the ideal condition over what was rated. What does not exist "
            "leaves it altogether; what could not be observed never counts as 0, but shows in how far it "
            "could move."
        ),
    )


def _area(found: Results, key: str, is_one_of_several: bool) -> str:
    name = found.form.terms.get(key, key)
    return f"{name} ({found.form.title})" if is_one_of_several else name


_RISK_NOTE = gettext_lazy(
    "Risk is the value of an asset, times the threat, times the vulnerability, each from 1 to 10 (FEMA 426): "
    "low up to 60, medium up to 175, high above. It ranks, and is no probability. The headline is the "
    "highest."
)
_NO_RISKS = gettext_lazy("Not collected: no vulnerability assessment is on record.")
_BANDS = {
    Band.HIGH: gettext_lazy("High"),
    Band.MEDIUM: gettext_lazy("Medium"),
    Band.LOW: gettext_lazy("Low"),
}


def risk_by_layer(results: list[tuple[Any, Results]]) -> Part:
    """Risk by layer, from the street inwards."""
    rows = [
        _risk("layer", found, key, group)
        for _assessment_, found in results
        if found.risks is not None
        for key, group in _in_order(found, found.risks.by_layer)
    ]
    return _risks("risk_by_layer", _("Risk by layer"), Column("layer", _("Layer"), width="2"), rows)


def risk_by_zone(results: list[tuple[Any, Results]]) -> Part:
    """Risk by zone, the highest first."""
    rows = [
        _risk("zone", found, key, group)
        for _assessment_, found in results
        if found.risks is not None
        for key, group in sorted(found.risks.by_zone.items(), key=lambda pair: -(pair[1].high or 0))
    ]
    return _risks("risk_by_zone", _("Risk by zone"), Column("zone", _("Zone"), width="2"), rows)


def _in_order(found: Results, groups: Mapping[str, RiskGroup]) -> list[tuple[str, RiskGroup]]:
    """By the order in which the instrument names its terms."""
    terms = list(found.form.terms)
    return sorted(groups.items(), key=lambda pair: terms.index(pair[0]) if pair[0] in terms else len(terms))


def _risk(name: str, found: Results, key: str, group: RiskGroup) -> Row:
    highest = group.highest
    return {
        name: words(found.form.terms.get(key, key)),
        "highest": count(highest.low) if highest is not None else absent(),
        "band": words(_BANDS[group.band] if group.band is not None else _("open: not all was rated")),
        "could_be": span(group.low, group.high),
        "high": count(group.counts.get(Band.HIGH, 0)),
        "medium": count(group.counts.get(Band.MEDIUM, 0)),
        "low": count(group.counts.get(Band.LOW, 0)),
    }


def _risks(key: str, title: str, first: Column, rows: list[Row]) -> Part:
    columns = (
        first,
        Column("highest", _("Highest risk"), "right", "0.8"),
        Column("band", _("Band"), width="1.2"),
        Column("could_be", _("Could be"), "right"),
        Column("high", _("High"), "right", "0.6"),
        Column("medium", _("Medium"), "right", "0.7"),
        Column("low", _("Low"), "right", "0.6"),
    )
    return Part(key, title, columns, tuple(rows), missing=str(_NO_RISKS), note=str(_RISK_NOTE))
