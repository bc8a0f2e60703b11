"""California collision files: three tables in, collisions with who was hurt while walking or cycling out.

Two layouts are read. "switrs": the legacy raw data of the Statewide Integrated Traffic Records System
(collisions, parties, victims), with a header or without one, as the Highway Patrol gave it out until 8
January 2025, and as the Transportation Injury Mapping System gives it out with its own positions. "ccrs":
the California Crash Reporting System's open data (crashes, parties, injured), a file a year.

No name, age, sex, race or officer is read even where a file holds it.
"""

from schoolward.protocols.collisions.layouts import CCRS, LAYOUTS, SWITRS, Layout, TableKind
from schoolward.protocols.collisions.members import unpacked, wanted_only
from schoolward.protocols.collisions.places import Quality, derive_positions
from schoolward.protocols.collisions.reading import CollisionFiles, read
from schoolward.protocols.collisions.records import Basis, Collision, Hurt, Severity
from schoolward.protocols.delimited import FileProblem
from schoolward.protocols.faults import Fault, Faults

__all__ = [
    "CCRS",
    "LAYOUTS",
    "SWITRS",
    "Basis",
    "Collision",
    "CollisionFiles",
    "Fault",
    "Faults",
    "FileProblem",
    "Hurt",
    "Layout",
    "Quality",
    "Severity",
    "TableKind",
    "derive_positions",
    "read",
    "unpacked",
    "wanted_only",
]
