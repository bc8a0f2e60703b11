"""The school directory, in the layout of the California Department of Education.

The columns are ours; the headers of the department's own file "Public Schools and Districts" are known as
aliases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.actions import Directory, DirectoryRow, Outcome, RowRefused
from schoolward.domains.places.hooks import campuses_changed
from schoolward.domains.places.models import CDS_DIGITS, CharterFunding, School, SchoolKind, SchoolOccupancy
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    CellError,
    Column,
    day,
    number,
    one_of,
    text_up_to,
    yes_no,
)
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_KINDS = one_of(
    SchoolKind.choices,
    **{
        # How the department's file calls them (column SOCType).
        "Elementary Schools (Public)": SchoolKind.ELEMENTARY,
        "Elementary School in 1 School Dist. (Public)": SchoolKind.ELEMENTARY,
        "Intermediate/Middle Schools (Public)": SchoolKind.MIDDLE,
        "Junior High Schools (Public)": SchoolKind.JUNIOR_HIGH,
        "High Schools (Public)": SchoolKind.HIGH,
        "High Schools In 1 School Dist. (Public)": SchoolKind.HIGH,
        "Continuation High Schools": SchoolKind.CONTINUATION,
        "District Community Day Schools": SchoolKind.COMMUNITY_DAY,
        "County Community": SchoolKind.COMMUNITY_DAY,
        "Alternative Schools of Choice": SchoolKind.ALTERNATIVE,
        "Special Education Schools (Public)": SchoolKind.SPECIAL_EDUCATION,
        "K-12 Schools (Public)": SchoolKind.K12,
        "Adult Education Centers": SchoolKind.ADULT,
        "ADMIN": SchoolKind.OFFICE,
    },
)
_FUNDINGS = one_of(
    [choice for choice in CharterFunding.choices if choice[0]],
    **{
        "Directly funded": CharterFunding.DIRECT,
        "Locally funded": CharterFunding.LOCAL,
        "Not in CS funding model": CharterFunding.NONE,
        "Disallowed": CharterFunding.NONE,
    },
)


def cds_code(cell: str) -> str:
    """Read a county-district-school code of 14 digits. A spreadsheet may have eaten a leading zero."""
    digits = cell.replace("-", "").replace(" ", "")
    if digits.isdigit() and digits.isascii() and len(digits) in (CDS_DIGITS - 1, CDS_DIGITS):
        return digits.zfill(CDS_DIGITS)
    raise CellError(
        _("is not a code of 14 digits"),
        _("Write county, district and school code without gaps, such as 34674396034110."),
    )


# The bounds of California, generously: a coordinate outside is a slip (a lost sign, latitude and longitude
# exchanged).
_LATITUDE = number(32, 43)
_LONGITUDE = number(-125, -114)


@register
class SchoolDirectory(Exchange):
    """Schools with their sites."""

    key = "schools"
    title = gettext_lazy("School directory")
    description = gettext_lazy(
        "Schools with address, kind and dates, in the layout of the California Department of Education. "
        "Sites are made from the addresses: two schools at one address share one site."
    )
    permission = "places.import"
    blanks = frozenset({"No Data"})
    ignores = frozenset({"status2025", "operating201209"})
    columns = (
        Column(
            "cds_code",
            gettext_lazy("The state's code of 14 digits: county, district, school."),
            required=True,
            parse=cds_code,
            example="34674396034110",
        ),
        Column(
            "name",
            gettext_lazy("The school's name."),
            required=True,
            parse=text_up_to(200),
            aliases=("School", "school_name"),
            example="Maple Elementary",
        ),
        Column(
            "kind",
            gettext_lazy("What kind of school it is."),
            required=True,
            parse=_KINDS,
            aliases=("SOCType",),
            example="Elementary",
        ),
        Column(
            "level",
            gettext_lazy("Level, for grouping."),
            parse=text_up_to(20),
            aliases=("EILCode",),
            example="K-6",
        ),
        Column("charter", gettext_lazy("Whether it is a charter school."), parse=yes_no, example="N"),
        Column(
            "charter_funding",
            gettext_lazy("Directly funded or locally funded; blank for others."),
            parse=_FUNDINGS,
            aliases=("FundingType",),
        ),
        Column(
            "address",
            gettext_lazy("House number and street. It decides the site."),
            required=True,
            parse=text_up_to(200),
            aliases=("Street", "StreetAbr"),
            example="3301 37th Avenue",
        ),
        Column("zip", gettext_lazy("Postal code."), parse=text_up_to(10), example="95824-2418"),
        Column(
            "grades",
            gettext_lazy("Grades served."),
            parse=text_up_to(20),
            aliases=("GSserved", "GSoffered"),
            example="K-6",
        ),
        Column(
            "lat",
            gettext_lazy("Latitude in degrees."),
            parse=_LATITUDE,
            aliases=("Latitude",),
            example="38.519396",
        ),
        Column(
            "lon",
            gettext_lazy("Longitude in degrees."),
            parse=_LONGITUDE,
            aliases=("Longitude",),
            example="-121.47148",
        ),
        Column(
            "opened",
            gettext_lazy("First day of operation."),
            parse=day,
            aliases=("OpenDate",),
            example="1980-07-01",
        ),
        Column(
            "closed",
            gettext_lazy("Last day of operation."),
            parse=day,
            aliases=("ClosedDate",),
            example="2013-06-14",
        ),
        Column("former_name_note", gettext_lazy("An earlier name, unverified."), parse=text_up_to(200)),
    )

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Apply the directory row by row, then settle names and points and tell whoever depends on them."""
        good = list(self._without_twins(rows, context))
        directory = Directory(today=timezone.localdate(context.at))
        for row, outcome in zip(good, directory.apply(_as_directory_row(row) for row in good), strict=True):
            match outcome:
                case RowRefused():
                    context.reject(row, outcome.column, outcome.error, outcome.mend)
                case Outcome.CREATED:
                    context.report.created += 1
                case Outcome.UPDATED:
                    context.report.updated += 1
                case Outcome.UNCHANGED:
                    context.report.unchanged += 1
        for school, old, new in directory.moved:
            context.report.warn(
                _("%(school)s has moved from %(old)s to %(new)s as of today; the site's page mends the day.")
                % {"school": school, "old": old.address, "new": new.address}
            )
        if directory.settle():
            campuses_changed(by=context.by, at=context.at)

    def _without_twins(self, rows: Iterable[Row], context: ImportContext) -> Iterator[Row]:
        first: dict[str, int] = {}
        for row in rows:
            earlier = first.setdefault(row.values["cds_code"], row.number)
            if earlier == row.number:
                yield row
            else:
                context.reject(
                    row,
                    "cds_code",
                    _("stands in row %(row)d already") % {"row": earlier},
                    _("Leave one of them out."),
                )

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """Give every school with the address of its latest site."""
        addresses: dict[int, tuple[str, str]] = {}
        held = SchoolOccupancy.objects.order_by("valid_from").values_list(
            "school_id", "campus__address", "campus__zip_code"
        )
        for school_id, address, zip_code in held:
            addresses[school_id] = (address, zip_code)
        for school in visible(School.objects.order_by("cds_code"), viewer):
            address, zip_code = addresses.get(school.pk, ("", ""))
            yield (
                school.cds_code,
                school.name,
                school.get_kind_display(),
                school.level,
                school.is_charter,
                school.get_charter_funding_display() if school.charter_funding else "",
                address,
                zip_code,
                school.grades,
                school.latitude,
                school.longitude,
                school.opened,
                school.closed,
                school.former_name_note,
            )


def _as_directory_row(row: Row) -> DirectoryRow:
    values = row.values
    return DirectoryRow(
        cds_code=values["cds_code"],
        name=values["name"],
        kind=values["kind"],
        address=values["address"],
        level=values.get("level") or "",
        grades=values.get("grades") or "",
        is_charter=bool(values.get("charter")),
        charter_funding=values.get("charter_funding") or "",
        zip_code=values.get("zip") or "",
        longitude=_degrees(values.get("lon")),
        latitude=_degrees(values.get("lat")),
        opened=values.get("opened"),
        closed=values.get("closed"),
        former_name_note=values.get("former_name_note") or "",
    )


def _degrees(value: object) -> float | None:
    return None if value is None else float(str(value))
