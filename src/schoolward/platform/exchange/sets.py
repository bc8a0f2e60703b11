"""A whole OneRoster set as one import: what each such import shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, ClassVar

from django.utils.translation import gettext as _

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Exchange, ImportContext
from schoolward.protocols.faults import Fault
from schoolward.protocols.oneroster import Archive, Members, Roster, SetProblem, read

DOUBTS_TOLD = 20


class RosterExchange(Exchange):
    """An import of a part of a set: only its ``files`` are opened, only the part is kept on the disk."""

    can_export = False
    files: ClassVar[tuple[str, ...]]
    own: ClassVar[frozenset[str]]
    """The files whose faulty rows count as rejected; faults elsewhere are told."""
    shows_values: ClassVar[bool] = True
    """Whether a fault shows the cell that it is about."""

    def part_of(self, members: Members) -> BinaryIO:
        """The set without whatever this import is not about."""
        raise NotImplementedError

    def kept(self, stream: BinaryIO, *, by: Viewer, options: Mapping[str, str]) -> BinaryIO:
        try:
            return self.part_of(Archive(stream))
        except SetProblem as problem:
            raise UnreadableFile(str(problem), "") from None

    def run_stream(self, stream: BinaryIO, context: ImportContext) -> None:
        try:
            roster = self.roster_of(Archive(stream), context)
        except SetProblem as problem:
            raise UnreadableFile(str(problem), "") from None
        report = context.report
        report.format = f"OneRoster {roster.manifest.version}"
        doubts = []
        for fault in roster.faults.kept:
            if fault.kept or fault.file not in self.own:
                doubts.append(fault)
                continue
            value = fault.value if self.shows_values else ""
            report.reject(fault.row, fault.column, value, fault.error, fault.mend, file=fault.file)
        report.read = report.rejected_rows
        self.apply_roster(roster, context)
        _tell(doubts, context)

    def roster_of(self, members: Members, context: ImportContext) -> Roster:
        """The set as values. Raises :class:`SetProblem`."""
        return read(members, files=self.files)

    def apply_roster(self, roster: Roster, context: ImportContext) -> None:
        """Write what the set says, counting each row that is taken as read and by its outcome."""
        raise NotImplementedError


def _tell(doubts: list[Fault], context: ImportContext) -> None:
    for fault in doubts[:DOUBTS_TOLD]:
        context.report.warn(
            _("%(file)s, row %(row)d: %(column)s %(error)s. %(mend)s")
            % {
                "file": fault.file,
                "row": fault.row,
                "column": fault.column,
                "error": fault.error,
                "mend": fault.mend,
            }
        )
    if len(doubts) > DOUBTS_TOLD:
        context.report.warn(
            _("%(count)d more such doubts; `schoolward roster` lists them all.")
            % {"count": len(doubts) - DOUBTS_TOLD}
        )
