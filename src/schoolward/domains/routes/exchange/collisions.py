"""Collisions of the state's records in: one table, or a ZIP archive with parties and the injured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolward.domains.routes.actions.collisions import put_collisions, years_of_other_systems
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Exchange, ImportContext, TableLayout, register
from schoolward.protocols.collisions import (
    LAYOUTS,
    Collision,
    Fault,
    FileProblem,
    Quality,
    TableKind,
    derive_positions,
    read,
    unpacked,
    wanted_only,
)

_CAUTIONS_TOLD = 20
_MEANINGS = {
    "number": _("The collision's number in the state's system; it is known again by it."),
    "day": _("The day."),
    "moment": _("Day and local time."),
    "hour": _("Local time, four digits; 2500 where it is not known."),
    "hour_words": _("Says 2500 where the time is not known."),
    "severity": _("The gravest injury: 1 fatal, 2 severe, 3 visible, 4 pain, 0 damage alone."),
    "killed": _("How many were killed."),
    "injured": _("How many were injured."),
    "pedestrian": _("Y where a pedestrian was involved."),
    "bicycle": _("Y where a bicyclist was involved."),
    "involved": _("Whom the vehicle collided with; pedestrians and bicyclists are looked for."),
    "retracted": _("True where the report was withdrawn: it is kept, and counts nowhere."),
    "primary_street": _("The street."),
    "secondary_street": _("The crossing street."),
    "distance": _("How far from the crossing (feet, or as the unit says)."),
    "distance_unit": _("Feet or miles."),
    "direction": _("Which way from the crossing: N, E, S or W."),
    "place": _("The county's and city's code."),
    "latitude": _("Degrees, as reported: taken as unreliable."),
    "longitude": _("Degrees, as reported: taken as unreliable."),
    "geocoded_longitude": _("Degrees, as the mapping system (TIMS) geocoded it."),
    "geocoded_latitude": _("Degrees, as the mapping system (TIMS) geocoded it."),
}

_EXAMPLES = {
    "number": "90000001",
    "day": "20120906",
    "moment": "2019-10-02T14:35:00",
    "hour": "0805",
    "severity": "2",
    "killed": "0",
    "injured": "1",
    "pedestrian": "Y",
    "bicycle": "N",
    "primary_street": "OAK ST",
    "secondary_street": "ELM ST",
    "geocoded_longitude": "-121.471",
    "geocoded_latitude": "38.531",
}


def _columns(key: str) -> tuple[Column, ...]:
    """The columns of a layout's table of collisions, under the name that files give them first."""
    table = LAYOUTS[key].tables[TableKind.COLLISIONS]
    return tuple(
        Column(
            name=names[0],
            help=_MEANINGS[field],
            required=field in table.required,
            aliases=names[1:],
            example=_EXAMPLES.get(field, ""),
        )
        for field, names in table.headers.items()
    )


@register
class Collisions(Exchange):
    """Reads both of the state's layouts. Pages and the API give collisions out, as CSV and GeoJSON."""

    key = "collisions"
    title = _("Collisions")
    description = _(
        "Collisions as California publishes them: SWITRS raw data or CCRS open data. One table of "
        "collisions, or a ZIP archive with the tables of parties and of the injured, which alone tell "
        "surely who was hurt."
    )
    columns = _columns("switrs")
    permission = "collisions.import"
    can_export = False

    def layouts(self) -> Sequence[TableLayout]:
        """The collisions' table of each system."""
        return [TableLayout(key, layout.title, _columns(key)) for key, layout in LAYOUTS.items()]

    def kept(self, stream: BinaryIO, *, by: Viewer, options: Mapping[str, str]) -> BinaryIO:
        """The tables without ages, sex, race and whatever else is not read."""
        try:
            return wanted_only(unpacked(stream, "collisions"))
        except FileProblem as problem:
            raise UnreadableFile(str(problem), "") from None

    def run_stream(self, stream: BinaryIO, context: ImportContext) -> None:
        """Read the set, derive what positions can be, and write."""
        try:
            tables = unpacked(stream, context.file_name or "collisions")
            files = read(tables, today=timezone.localdate(context.at))
        except FileProblem as problem:
            raise UnreadableFile(str(problem), "") from None
        report = context.report
        report.format = files.layout.key
        for fault in files.faults.kept:
            if not fault.kept:
                report.reject(fault.row, fault.column, fault.value, fault.error, fault.mend, file=fault.file)
        report.read = report.rejected_rows
        collisions = derive_positions(self._of_own_years(files.collisions, files.layout.key, context))
        written = put_collisions(collisions, by=context.by, at=context.at)
        report.read += len(collisions)
        report.created += written.created
        report.updated += written.updated
        report.unchanged += written.unchanged
        _tell_cautions([fault for fault in files.faults.kept if fault.kept], context)
        _tell_doubts(collisions, files.kinds, context)

    def _of_own_years(
        self, collisions: Sequence[Collision], layout: str, context: ImportContext
    ) -> list[Collision]:
        """Those of years that are not here from the other system; the rest is rejected."""
        taken = years_of_other_systems(layout)
        good: list[Collision] = []
        for one in collisions:
            if one.day.year not in taken:
                good.append(one)
                continue
            error = _t("%(year)d is here from %(system)s already, and each collision would count twice") % {
                "year": one.day.year,
                "system": LAYOUTS[taken[one.day.year]].title,
            }
            mend = _t("Import each year from one of the two systems; leave this year out of the file.")
            context.report.reject(one.row, "", one.day.isoformat(), error, mend)
            context.report.read += 1
        return good


def _tell_cautions(cautions: Sequence[Fault], context: ImportContext) -> None:
    for fault in cautions[:_CAUTIONS_TOLD]:
        context.report.warn(
            _t("%(file)s, row %(row)d: %(column)s %(error)s. %(mend)s")
            % {
                "file": fault.file,
                "row": fault.row,
                "column": fault.column,
                "error": fault.error,
                "mend": fault.mend,
            }
        )
    if len(cautions) > _CAUTIONS_TOLD:
        context.report.warn(_t("%(count)d more such cautions.") % {"count": len(cautions) - _CAUTIONS_TOLD})


def _tell_doubts(
    collisions: Sequence[Collision], kinds: frozenset[TableKind], context: ImportContext
) -> None:
    if TableKind.INJURED not in kinds and collisions:
        context.report.warn(
            _t(
                "The table of the injured is missing: whether a walker or cyclist was gravely hurt is "
                "taken from the collision's gravest injury, which may be somebody else's."
            )
        )
    nowhere = sum(one.quality is Quality.NONE for one in collisions)
    if nowhere:
        context.report.warn(
            ngettext(
                "%(count)d collision has no position and counts at no school.",
                "%(count)d collisions have no position and count at no school.",
                nowhere,
            )
            % {"count": nowhere}
        )
    unsure = sum(one.quality is Quality.REPORTED for one in collisions)
    if unsure:
        context.report.warn(
            ngettext(
                "%(count)d position is as reported, which is unreliable; geocoded files (TIMS) are better.",
                "%(count)d positions are as reported, which is unreliable; geocoded files (TIMS) are better.",
                unsure,
            )
            % {"count": unsure}
        )
