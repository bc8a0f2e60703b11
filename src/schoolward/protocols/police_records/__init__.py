"""Police incident files: bytes in, columns out, and every fault named by row and column.

Three layouts are read: the two that the Sacramento Police Department has published ("spd-2006",
"spd-2021") and a documented one of our own ("generic"). Nothing here knows a database, a campus or a
category.
"""

from schoolward.protocols.delimited import FileProblem, Problem, Table, open_table
from schoolward.protocols.police_records.fields import Remembered
from schoolward.protocols.police_records.known import LAYOUTS, detect, layout_named
from schoolward.protocols.police_records.layouts import BoundLayout, Field, Layout
from schoolward.protocols.police_records.records import Caution, Records

__all__ = [
    "LAYOUTS",
    "BoundLayout",
    "Caution",
    "Field",
    "FileProblem",
    "Layout",
    "Problem",
    "Records",
    "Remembered",
    "Table",
    "detect",
    "layout_named",
    "open_table",
]
