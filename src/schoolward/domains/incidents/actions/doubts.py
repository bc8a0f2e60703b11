"""What was mended, taken for granted or left open in a file whose rows were kept: told as warnings."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.platform.exchange.report import Report
from schoolward.protocols.police_records import Caution

_CAUTIONS_SAID = 20


@dataclass
class Doubts:
    """Counts over a whole file, and each row that was mended."""

    cautions: list[Caution] = field(default_factory=list)
    approximate: int = 0
    nowhere: int = 0
    alike: int = 0
    clock: int = 0

    def tell(self, report: Report) -> None:
        """Say all of it in the report."""
        for caution in self.cautions[:_CAUTIONS_SAID]:
            report.warn(
                _("Row %(row)d, %(column)s: %(text)s (%(value)s).")
                % {"row": caution.row, "column": caution.column, "text": caution.text, "value": caution.value}
            )
        more = len(self.cautions) - _CAUTIONS_SAID
        if more > 0:
            report.warn(
                ngettext("%d further row is like these.", "%d further rows are like these.", more) % more
            )
        if self.approximate:
            report.warn(
                ngettext(
                    "%d record has no position; it stands in the middle of its police grid, marked "
                    "approximate.",
                    "%d records have no position; they stand in the middle of their police grid, marked "
                    "approximate.",
                    self.approximate,
                )
                % self.approximate
            )
        if self.nowhere:
            report.warn(
                ngettext(
                    "%d record does not say where it happened; it counts for the district and at no site.",
                    "%d records do not say where they happened; they count for the district and at no site.",
                    self.nowhere,
                )
                % self.nowhere
            )
        if self.alike:
            report.warn(
                ngettext(
                    "%d row differs in one thing from a stored record of the same minute. This layout has no "
                    "numbers to know it by, so it was added as a new record.",
                    "%d rows differ in one thing from stored records of the same minute. This layout has no "
                    "numbers to know them by, so they were added as new records.",
                    self.alike,
                )
                % self.alike
            )
        if self.clock:
            report.warn(
                ngettext(
                    "%d time lies in an hour that the clock showed twice or skipped; the first showing was "
                    "taken.",
                    "%d times lie in an hour that the clock showed twice or skipped; the first showing was "
                    "taken.",
                    self.clock,
                )
                % self.clock
            )
