"""The layouts that are known, and how a file tells which one it has."""

from collections.abc import Sequence

from schoolward.protocols.delimited import FileProblem
from schoolward.protocols.police_records.fields import CALIFORNIA, UNITED_STATES
from schoolward.protocols.police_records.layouts import Field, Layout

SPD_2006 = Layout(
    key="spd-2006",
    title="Sacramento Police, January 2006 (local times, positions, no record number)",
    region=CALIFORNIA,
    fields=(
        Field(
            "occurred_at", ("cdatetime",), "Date and local time, month first, two-digit year", required=True
        ),
        Field("address", ("address",), 'Street address, or a crossing as "A ST / B ST"', required=True),
        Field("district", ("district",), "Police district"),
        Field("beat", ("beat",), "Police beat, padded with spaces"),
        Field("grid", ("grid",), "Reporting area; leading zeros may be lost"),
        Field("description", ("crimedescr",), "Statute and short name, or kind of report", required=True),
        Field("code", ("ucr_ncic_code",), "UCR/NCIC code; 7000 is not a crime", required=True),
        Field("latitude", ("latitude",), "Degrees north"),
        Field("longitude", ("longitude",), "Degrees east (negative in California)"),
        Field("geo", ("geo",), 'Both coordinates in one field, "lat,lon" (the pipe-separated copies)'),
    ),
)
SPD_2021 = Layout(
    key="spd-2021",
    title="Sacramento Police open data, 2021 (UTC times, record number, no positions)",
    region=CALIFORNIA,
    has_numbers=True,
    is_utc=True,
    fields=(
        Field("number", ("Record_ID",), "The record's number, unique in the file", required=True),
        Field("code", ("Offense_Code",), "UCR/NCIC code, or a three-character NIBRS code", required=True),
        Field("description", ("Description",), "Statute and short name", required=True),
        Field("district", ("Police_District",), "Police district"),
        Field("beat", ("Beat",), 'Police beat; "UI" is unknown'),
        Field("grid", ("Grid",), 'Reporting area; "UI" is unknown', required=True),
        Field(
            "occurred_at",
            ("Occurence_Date", "Occurrence_Date"),
            "Date and time in UTC, with or without +00",
            required=True,
        ),
    ),
)
GENERIC = Layout(
    key="generic",
    title="Any other source, with columns named as described",
    region=UNITED_STATES,
    has_numbers=True,
    fields=(
        Field(
            "number",
            ("incident_number", "number", "case_number", "report_number"),
            "Number that never changes",
        ),
        Field(
            "occurred_at",
            ("occurred_at", "occurred", "date_time", "datetime"),
            "2012-09-06 08:15 in local time, or with an offset: 2012-09-06T15:15:00Z",
            required=True,
        ),
        Field("address", ("address", "location"), 'Street address, or a crossing as "A ST / B ST"'),
        Field("category", ("category",), "One of our categories, or a common name of one"),
        Field("code", ("code", "offence_code", "offense_code"), "UCR/NCIC or NIBRS code"),
        Field(
            "description", ("description", "offence", "offense"), "Statute or short name; no names of persons"
        ),
        Field("latitude", ("latitude", "lat"), "Degrees north"),
        Field("longitude", ("longitude", "lon", "lng"), "Degrees east (negative in the Americas)"),
        Field(
            "campus_cds",
            ("campus_cds", "cds_code", "cds"),
            "School at whose site it happened: 14-digit CDS code",
        ),
        Field("district", ("police_district", "district"), "Police district"),
        Field("beat", ("beat",), "Police beat"),
        Field("grid", ("grid", "reporting_area"), "Reporting area"),
    ),
)
LAYOUTS: dict[str, Layout] = {layout.key: layout for layout in (SPD_2006, SPD_2021, GENERIC)}


def layout_named(key: str) -> Layout:
    """Return a layout by its key. Raises FileProblem naming the keys that there are."""
    try:
        return LAYOUTS[key]
    except KeyError:
        raise FileProblem(f"There is no layout {key!r}. Use auto, {', '.join(LAYOUTS)}.") from None


def detect(header: Sequence[str]) -> Layout:
    """Return the layout whose required columns the header names, the two police layouts first.

    Raises FileProblem when none does, saying what a header must look like.
    """
    for layout in LAYOUTS.values():
        if not layout.missing(header):
            return layout
    shown = ", ".join(header)[:120]
    known = "; ".join(f"{layout.key}: {layout.columns()}" for layout in LAYOUTS.values())
    message = (
        f'The first line must name the columns of a layout that we know, but it reads "{shown}". '
        f"If the file has lost its header, it may have lost rows too: fetch it again. Layouts: {known}."
    )
    raise FileProblem(message)
