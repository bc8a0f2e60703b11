"""The data annex: how the numbers were made, what is missing, what is withheld, what is invented."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.reports.composing import Composer
from schoolward.reports.content import Block
from schoolward.reports.invented import INCIDENTS, invented_rows


def method(composer: Composer) -> list[Block]:
    """How a number comes to stand in the paper."""
    sentences = [
        _("A school year runs from July 1 to June 30; “to date” ends on the day that the figures stand at."),
        _(
            "An incident counts as “at a campus” when its address is the address of a campus with "
            "a school in operation on the day of the incident. Incidents near a campus but at another "
            "address are not counted. Records of every kind count: crimes, traffic offenses, and reports "
            "that are not crimes, such as a towed vehicle, found property or a missing person; where the "
            "last are meant alone, the paper says so."
        ),
        _(
            "A recommendation counts as completed when a second person has verified the work with "
            "evidence. The "
            "share is of all recommendations ever accepted."
        ),
        _(
            "The standing of an initiative follows a rule from its milestones, due date and open "
            "blockers. Where a "
            "lead set another standing, the reason is on record. Without a report for two weeks "
            "it is shown as "
            "such, never as on track."
        ),
    ]
    if any("show=interval" in cell.token for cell in composer.cells):
        sentences.append(
            _(
                "An interval covers the true value in 95 of 100 cases: Wilson's for a share, the exact "
                "Poisson interval for a rate, and for what followed a corrective action that of a rate "
                "ratio. Alarms come in bursts, which no interval knows of."
            )
        )
    if any(cell.token.startswith("alarms.") for cell in composer.cells):
        sentences.append(
            _(
                "An alarm is a case in which a detector or a button was set off; signals that belong "
                "together are one case, and authorized tests are left out. The share of false alarms "
                "stands beside the alarms per armed hours and the dispatches per system: it can rise while "
                "things improve."
            )
        )
    return [{"kind": "bullets", "items": [[composer.text(sentence)] for sentence in sentences]}]


def data_quality(composer: Composer) -> list[Block]:
    """Numbers that have no records yet, named one by one, and notes that measures give with "
    "their values."""
    items = []
    for cell in composer.cells:
        if not cell.is_collected and not cell.in_chart:
            items.append(
                _("%(title)s: not collected, which is not zero. %(note)s")
                % {"title": cell.reading.measure.title, "note": cell.reading.note}
            )
    shown = [cell for cell in composer.cells if cell.in_chart and cell.is_collected]
    if shown:
        items.append(
            _("The charts hold %(count)s further numbers; the CSV annex lists each with its records.")
            % {"count": len(shown)}
        )
    items.append(_incident_records())
    return [{"kind": "bullets", "items": [[composer.text(item)] for item in dict.fromkeys(items)]}]


def _incident_records() -> str:
    """What the incidents are that the paper counts."""
    if dict(invented_rows()).get(INCIDENTS):
        return _(
            "The incident records of this demonstration are generated from tables of real counts; they are "
            "no police records."
        )
    return _(
        "Incident figures are police records as imported and incidents entered by hand; later corrections "
        "change later editions."
    )


def small_counts(composer: Composer) -> list[Block]:
    """The rule on small counts of students, and what it did here."""
    withheld = sum(cell.reading.suppressed for cell in composer.cells)
    student = sum(cell.reading.measure.minimum_count > 0 for cell in composer.cells)
    if not student:
        done = _(
            "Apart from the enrollment that a rate is held against, no number in this paper counts students."
        )
    elif not withheld:
        done = _("No number in this paper had to be withheld.")
    else:
        done = _("Withheld in this paper: %(count)s.") % {"count": withheld}
    return [{"kind": "paragraph", "runs": [composer.text(f"{SuppressionPolicy().reason} {done}")]}]


def invented(composer: Composer) -> list[Block]:
    """Which of the records are invented or generated for demonstration, counted."""
    rows = invented_rows()
    if not rows:
        return [
            {
                "kind": "paragraph",
                "runs": [composer.text(_("Nothing in this paper is marked as invented or generated."))],
            }
        ]
    names = "; ".join(f"{name} ({number_format(count, force_grouping=True)})" for name, count in rows)
    return [
        composer.note(
            _(
                "This is a demonstration. These records are invented or generated and say nothing "
                "about real events: %(names)s. The school directory, the awards and the programs are "
                "public facts."
            )
            % {"names": names}
        )
    ]
