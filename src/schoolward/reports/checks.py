"""What stands between an edition and its readers: each refusal names the number and the mend."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.analysis import disclosure
from schoolward.analysis.anomaly import Verdict
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.lineage import digest_of, freeze, missing, unpack
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.together import together
from schoolward.reports import registry
from schoolward.reports.models import CellReading, Edition, State
from schoolward.reports.text import TextError, later_dates, parse, typed_numbers


@dataclass(frozen=True)
class Refusal:
    """One reason not to publish. ``cell`` is the number's mark in the paper, None for a text."""

    code: str
    where: str
    trouble: str
    mend: str
    cell: int | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.trouble} {self.mend}"


def question_of(cell: CellReading) -> tuple[Period, Scope]:
    """What the frozen number asked."""
    return Period(cell.period_start, cell.period_end, cell.as_of), Scope(cell.campus_id, cell.campus_name)


def refusals(edition: Edition) -> list[Refusal]:
    """Every reason why this edition may not be published; empty when it may."""
    cells = list(edition.cells.select_related("anomaly_signoff"))
    found = _typed(edition)
    with together():
        for cell in cells:
            found += _lineage(cell) + _small(cell) + _anomaly(cell)
    return found + _unjudged(cells) + _differencing(cells)


def _name(cell: CellReading) -> str:
    return _("Number %(position)s (%(title)s: %(shown)s)") % {
        "position": cell.position,
        "title": cell.title,
        "shown": cell.shown,
    }


def _lineage(cell: CellReading) -> list[Refusal]:
    trouble = lineage_trouble(cell)
    mend = _("Return the edition to draft and send it to review again: its numbers are then read anew.")
    return [Refusal("lineage", _name(cell), trouble, mend, cell.position)] if trouble else []


def lineage_trouble(cell: CellReading, *, again: bool = True) -> str:
    """Why the frozen number no longer opens its records, or an empty text when it does.

    With ``again`` the measure is read once more and must give the same records and the same value:
    what publication asks. Without it, the records that were taken down must still be there.
    """
    try:
        measure = measures.get(cell.measure_key)
    except measures.UnknownMeasure as error:
        return f"{error}."
    if measure.version != cell.measure_version:
        return _("its definition is now version %(now)s, and was %(then)s.") % {
            "now": measure.version,
            "then": cell.measure_version,
        }
    if not cell.collected or cell.suppressed:
        return ""
    pks = unpack(bytes(cell.record_keys))
    if digest_of(cell.record_model, pks) != cell.record_digest or len(pks) != cell.record_count:
        return _("its list of records does not match its digest.")
    if gone := missing(cell.record_model, pks):
        return _("%(gone)s of its %(count)s records are no longer there.") % {"gone": gone, "count": len(pks)}
    if not again:
        return ""
    reading, lineage = freeze(cell.measure_key, *question_of(cell))
    if lineage.digest != cell.record_digest:
        return _("its records have changed since it was frozen (%(then)s then, %(now)s now).") % {
            "then": cell.record_count,
            "now": lineage.count,
        }
    if reading.value is not None and cell.value is not None and float(reading.value) != cell.value:
        return _("the same records now give %(now)s.") % {"now": reading.value}
    return ""


def _small(cell: CellReading) -> list[Refusal]:
    if cell.suppressed or not cell.minimum_count:
        return []
    small = [n for n in (cell.numerator, cell.denominator) if n is not None and 0 < n < cell.minimum_count]
    if not small:
        return []
    return [
        Refusal(
            "small",
            _name(cell),
            _("it shows a count under %(threshold)s students.") % {"threshold": cell.minimum_count},
            _("Ask for a longer period or for all sites, or leave the number out."),
            cell.position,
        )
    ]


def _differencing(cells: list[CellReading]) -> list[Refusal]:
    """Site counts beside their total: a withheld site must not be had by subtraction.

    The sites that the paper does not print are one more unknown part of the total.
    """
    groups: dict[tuple[object, ...], list[CellReading]] = defaultdict(list)
    for cell in cells:
        if cell.minimum_count:
            asked = (cell.measure_key, cell.period_start, cell.period_end, cell.as_of)
            groups[asked].append(cell)
    found = []
    for group in groups.values():
        by_site = {cell.campus_id: cell for cell in group}
        total = by_site.pop(None, None)
        withheld = [cell for cell in by_site.values() if cell.suppressed]
        known = _known_before(group[0])
        whole = known.pop(None, None) if total is None or total.numerator is None else total.numerator
        if not withheld or (whole is None and not known):
            continue
        public: dict[disclosure.Cell, int | None] = {
            (disclosure.ALL,): None if whole is None else int(whole),
            ("others",): None,
            **{(str(site),): int(count) for site, count in known.items() if site is not None},
        }
        for cell in by_site.values():
            if cell.numerator is not None:
                public[(str(cell.campus_id),)] = int(cell.numerator)
            else:
                public.setdefault((str(cell.campus_id),), None)
        parts = tuple(cell for cell in public if cell != (disclosure.ALL,))
        seen = disclosure.attack(public, (disclosure.Sum((disclosure.ALL,), parts),))
        policy = disclosure.SuppressionPolicy(threshold=group[0].minimum_count)
        found += [
            Refusal(
                "small",
                _name(cell),
                _("it can be worked out from the other numbers in this paper and those published before."),
                _("Leave out one more site, or the total."),
                cell.position,
            )
            for cell in withheld
            if (str(cell.campus_id),) not in seen or not seen[(str(cell.campus_id),)].hides(policy)
        ]
    return found


def _known_before(cell: CellReading) -> dict[int | None, float]:
    """What other published editions show for the same question, by site."""
    shown = CellReading.objects.filter(
        edition__state__in=[State.PUBLISHED, State.SUPERSEDED],
        measure_key=cell.measure_key,
        period_start=cell.period_start,
        period_end=cell.period_end,
        as_of=cell.as_of,
        numerator__isnull=False,
    ).exclude(edition=cell.edition_id)
    return {site: count or 0 for site, count in shown.values_list("campus_id", "numerator")}


def _anomaly(cell: CellReading) -> list[Refusal]:
    if cell.anomaly != Verdict.UNUSUAL or hasattr(cell, "anomaly_signoff"):
        return []
    mend = _("Open the number, look at its records, and sign for it or correct them.")
    return [Refusal("anomaly", _name(cell), cell.anomaly_sentence, mend, cell.position)]


def unsigned_unjudged(cells: list[CellReading]) -> list[CellReading]:
    """The numbers that show a value, had too little to be held against, and are not signed for."""
    return [
        cell
        for cell in cells
        if cell.value is not None
        and cell.anomaly == Verdict.NOT_JUDGED
        and not hasattr(cell, "anomaly_signoff")
    ]


def _unjudged(cells: list[CellReading]) -> list[Refusal]:
    """One reason for all of them: one signature may cover them."""
    found = unsigned_unjudged(cells)
    if not found:
        return []
    titles = dict.fromkeys(f"{cell.title}: {cell.shown}" for cell in found)
    return [
        Refusal(
            "unjudged",
            ngettext("%(count)s number", "%(count)s numbers", len(found)) % {"count": len(found)},
            _("there is too little to hold it against (%(titles)s).") % {"titles": "; ".join(titles)},
            _("Look at their records, then sign for all of them with one sentence."),
        )
    ]


def _typed(edition: Edition) -> list[Refusal]:
    titles = {section.key: section.title for section in registry.get(edition.report).sections}
    found = []
    for section in edition.sections.all():
        where = _("Section “%(title)s”") % {"title": titles.get(section.key, section.key)}
        if not section.body.strip():
            found.append(Refusal("empty", where, _("it has no text."), _("Write it, if only one sentence.")))
            continue
        try:
            nodes = parse(section.body)
        except TextError as error:
            found.append(Refusal("token", where, f"{error}.", _("Return to draft and mend the token.")))
            continue
        found += [
            Refusal(
                "typed",
                where,
                _("“%(figure)s” has no records and no source, in “%(sentence)s”.")
                % {"figure": typed.figure, "sentence": typed.sentence},
                _("Write a measure's token in its place, or name the source with [[cite: …]]."),
            )
            for typed in typed_numbers(nodes)
        ]
        found += [
            Refusal(
                "later",
                where,
                _("“%(date)s” lies after %(day)s, the day at which the figures stand, in “%(sentence)s”.")
                % {"date": later.written, "day": edition.as_of, "sentence": later.sentence},
                _("Leave it out, or name the source of what is to come with [[cite: …]]."),
            )
            for later in later_dates(nodes, edition.as_of)
        ]
    return found
