"""The two layouts: which columns of which table mean what, by all the names that real files give them.

SWITRS: the raw data template of the Highway Patrol and the codebook of SafeTREC's Transportation Injury
Mapping System (tims.berkeley.edu/help/SWITRS.php). The columns' order is the template's: files without a
header are read by it. The second names are that codebook's "previous variable names"; those of KILLED,
INJURED, PEDCOL, BICCOL, PRIMARYRD, SECONDRD and DIRECT are **not confirmed** by a file that we have seen.

CCRS: the tables Crashes_YYYY, Parties_YYYY and InjuredWitnessPassengers_YYYY of data.ca.gov, by the column
names that public readers of these files hold to. CollisionId against "Collision Id" differs between tables
and years, so that spaces, underscores and capitals are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schoolward.protocols.delimited import FileProblem


class TableKind(StrEnum):
    """The three tables of a set."""

    COLLISIONS = "collisions"
    PARTIES = "parties"
    INJURED = "injured"


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's fields by our names: the headers that name each, which must be there, and the order without
    one."""

    headers: Mapping[str, tuple[str, ...]]
    required: frozenset[str]
    order: tuple[str, ...] = ()

    def bind(self, header: Sequence[str]) -> dict[str, int]:
        """Where each field stands. Raises FileProblem naming columns that are missing or stand there
        twice."""
        names = [plain(name) for name in header]
        found: dict[str, int] = {}
        for field, known in self.headers.items():
            places = [index for index, name in enumerate(names) if name in set(map(plain, known))]
            if len(places) > 1:
                doubled = ", ".join(header[index] for index in places)
                raise FileProblem(
                    f"Of the columns {doubled} only one can be right. Remove the other and import again."
                )
            if places:
                found[field] = places[0]
        lacking = sorted(self.required - set(found))
        if lacking:
            wanted = ", ".join(self.headers[field][0] for field in lacking)
            raise FileProblem(f"The header lacks {wanted}. Export the table again with these columns.")
        return found

    def fits(self, header: Sequence[str]) -> bool:
        """Whether the header names what must be there."""
        names = set(map(plain, header))
        return all(not names.isdisjoint(map(plain, self.headers[field])) for field in self.required)


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout by its key: its three tables."""

    key: str
    title: str
    tables: Mapping[TableKind, Columns]


def plain(name: str) -> str:
    """A column's name without capitals, spaces and underscores."""
    return "".join(character for character in name.lower() if character.isalnum())


_SWITRS_COLLISIONS = """
    CASE_ID ACCIDENT_YEAR PROC_DATE JURIS COLLISION_DATE COLLISION_TIME OFFICER_ID REPORTING_DISTRICT
    DAY_OF_WEEK CHP_SHIFT POPULATION CNTY_CITY_LOC SPECIAL_COND BEAT_TYPE CHP_BEAT_TYPE CITY_DIVISION_LAPD
    CHP_BEAT_CLASS BEAT_NUMBER PRIMARY_RD SECONDARY_RD DISTANCE DIRECTION INTERSECTION WEATHER_1 WEATHER_2
    STATE_HWY_IND CALTRANS_COUNTY CALTRANS_DISTRICT STATE_ROUTE ROUTE_SUFFIX POSTMILE_PREFIX POSTMILE
    LOCATION_TYPE RAMP_INTERSECTION SIDE_OF_HWY TOW_AWAY COLLISION_SEVERITY NUMBER_KILLED NUMBER_INJURED
    PARTY_COUNT PRIMARY_COLL_FACTOR PCF_CODE_OF_VIOL PCF_VIOL_CATEGORY PCF_VIOLATION PCF_VIOL_SUBSECTION
    HIT_AND_RUN TYPE_OF_COLLISION MVIW PED_ACTION ROAD_SURFACE ROAD_COND_1 ROAD_COND_2 LIGHTING CONTROL_DEVICE
    CHP_ROAD_TYPE PEDESTRIAN_ACCIDENT BICYCLE_ACCIDENT MOTORCYCLE_ACCIDENT TRUCK_ACCIDENT NOT_PRIVATE_PROPERTY
    ALCOHOL_INVOLVED STWD_VEHTYPE_AT_FAULT CHP_VEHTYPE_AT_FAULT COUNT_SEVERE_INJ COUNT_VISIBLE_INJ
    COUNT_COMPLAINT_PAIN COUNT_PED_KILLED COUNT_PED_INJURED COUNT_BICYCLIST_KILLED COUNT_BICYCLIST_INJURED
    COUNT_MC_KILLED COUNT_MC_INJURED PRIMARY_RAMP SECONDARY_RAMP LATITUDE LONGITUDE
"""
_SWITRS_PARTIES = """
    CASE_ID PARTY_NUMBER PARTY_TYPE AT_FAULT PARTY_SEX PARTY_AGE PARTY_SOBRIETY PARTY_DRUG_PHYSICAL
    DIR_OF_TRAVEL PARTY_SAFETY_EQUIP_1 PARTY_SAFETY_EQUIP_2 FINAN_RESPONS SP_INFO_1 SP_INFO_2 SP_INFO_3
    OAF_VIOLATION_CODE OAF_VIOL_CAT OAF_VIOL_SECTION OAF_VIOLATION_SUFFIX OAF_1 OAF_2 PARTY_NUMBER_KILLED
    PARTY_NUMBER_INJURED MOVE_PRE_ACC VEHICLE_YEAR VEHICLE_MAKE STWD_VEHICLE_TYPE CHP_VEH_TYPE_TOWING
    CHP_VEH_TYPE_TOWED RACE INATTENTION SPECIAL_INFO_F SPECIAL_INFO_G
"""
_SWITRS_VICTIMS = """
    CASE_ID PARTY_NUMBER VICTIM_ROLE VICTIM_SEX VICTIM_AGE VICTIM_DEGREE_OF_INJURY VICTIM_SEATING_POSITION
    VICTIM_SAFETY_EQUIP_1 VICTIM_SAFETY_EQUIP_2 VICTIM_EJECTED
"""

SWITRS = Layout(
    "switrs",
    "SWITRS raw data (legacy), with or without the positions of the Transportation Injury Mapping System",
    {
        TableKind.COLLISIONS: Columns(
            {
                "number": ("CASE_ID", "CASEID"),
                "day": ("COLLISION_DATE", "DATE_"),
                "hour": ("COLLISION_TIME", "TIME_"),
                "severity": ("COLLISION_SEVERITY", "CRASHSEV"),
                "killed": ("NUMBER_KILLED", "KILLED"),
                "injured": ("NUMBER_INJURED", "INJURED"),
                "pedestrian": ("PEDESTRIAN_ACCIDENT", "PEDCOL"),
                "bicycle": ("BICYCLE_ACCIDENT", "BICCOL"),
                "primary_street": ("PRIMARY_RD", "PRIMARYRD"),
                "secondary_street": ("SECONDARY_RD", "SECONDRD"),
                "distance": ("DISTANCE",),
                "direction": ("DIRECTION", "DIRECT"),
                "place": ("CNTY_CITY_LOC", "LOCATION"),
                "latitude": ("LATITUDE",),
                "longitude": ("LONGITUDE",),
                "geocoded_longitude": ("POINT_X",),
                "geocoded_latitude": ("POINT_Y",),
            },
            frozenset({"number", "day", "severity", "pedestrian", "bicycle"}),
            tuple(_SWITRS_COLLISIONS.split()),
        ),
        TableKind.PARTIES: Columns(
            {"number": ("CASE_ID", "CASEID"), "party": ("PARTY_NUMBER",), "kind": ("PARTY_TYPE",)},
            frozenset({"number", "kind"}),
            tuple(_SWITRS_PARTIES.split()),
        ),
        TableKind.INJURED: Columns(
            {
                "number": ("CASE_ID", "CASEID"),
                "kind": ("VICTIM_ROLE",),
                "degree": ("VICTIM_DEGREE_OF_INJURY",),
            },
            frozenset({"number", "kind", "degree"}),
            tuple(_SWITRS_VICTIMS.split()),
        ),
    },
)

CCRS = Layout(
    "ccrs",
    "California Crash Reporting System, open data (crashes, parties and injured of a year)",
    {
        TableKind.COLLISIONS: Columns(
            {
                "number": ("Collision Id",),
                "moment": ("Crash Date Time",),
                "hour_words": ("Crash Time Description",),
                "killed": ("NumberKilled",),
                "injured": ("NumberInjured",),
                "involved": ("MotorVehicleInvolvedWithDesc",),
                "retracted": ("IsDeleted",),
                "primary_street": ("PrimaryRoad",),
                "secondary_street": ("SecondaryRoad",),
                "distance": ("SecondaryDistance",),
                "distance_unit": ("SecondaryUnitOfMeasure",),
                "direction": ("SecondaryDirection",),
                "place": ("City Code",),
                "latitude": ("Latitude",),
                "longitude": ("Longitude",),
                "geocoded_longitude": ("POINT_X",),
                "geocoded_latitude": ("POINT_Y",),
            },
            frozenset({"number", "moment", "killed", "injured"}),
        ),
        TableKind.PARTIES: Columns(
            {"number": ("CollisionId",), "party": ("PartyNumber",), "kind": ("PartyType",)},
            frozenset({"number", "kind"}),
        ),
        TableKind.INJURED: Columns(
            {
                "number": ("CollisionId",),
                "person": ("InjuredWitPassId", "InjWitPassId"),
                "kind": ("InjuredPersonType",),
                "degree": ("ExtentOfInjuryCode",),
                "witness": ("IsWitnessOnly",),
            },
            frozenset({"number", "kind", "degree"}),
        ),
    },
)

LAYOUTS: dict[str, Layout] = {layout.key: layout for layout in (SWITRS, CCRS)}


def detect(header: Sequence[str]) -> tuple[Layout, TableKind, bool]:
    """Tell which table of which layout a first line belongs to, and whether it is a header at all.

    A line without a header is one of SWITRS that has as many cells as its template and begins with a number.
    Raises FileProblem saying what a header must look like.
    """
    for layout in LAYOUTS.values():
        for kind, columns in layout.tables.items():
            if columns.fits(header):
                return layout, kind, True
    if header and header[0].strip().isdigit():
        for kind, columns in SWITRS.tables.items():
            if len(header) == len(columns.order):
                return SWITRS, kind, False
    known = "; ".join(
        f"{layout.key} {kind}: {', '.join(columns.headers[field][0] for field in sorted(columns.required))}"
        for layout in LAYOUTS.values()
        for kind, columns in layout.tables.items()
    )
    raise FileProblem(
        f'The first line reads "{", ".join(header)[:120]}", which names columns of no known table. '
        f"The columns that must be there: {known}. Without a header only the raw "
        "data of SWITRS can be read, with 76 columns for collisions, 33 for parties and 10 for victims."
    )
