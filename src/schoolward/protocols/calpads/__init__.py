"""Discipline incidents as California's CALPADS takes them: the files SINC, SIRS and SOFF, in.

The three belong together: who was in an incident (SINC), what followed for each student (SIRS), and which
offenses each committed (SOFF). They are caret-delimited, without a header, and are sent in this order.

Numbers and names of fields are those of the CALPADS File Specifications (version 14.1 of March 2023) as far
as the state's public pages of validations name them: fields 05, 06, 07 and 13 of each file, 14 and 16 to 17
of SINC, 14 to 17 of SIRS, 14 and 15 of SOFF. That fields 01 to 04 and 08 to 12 (record type, transaction,
local record, reporting agency; local number, name, birth date, gender) and SINC's 15 are as they stand here
follows from the other files of the specification and was not checked against its text.

Nothing of a student is kept beyond a run: students are counted by numbers that one run makes of theirs.
"""

from schoolward.protocols.calpads.counting import Counted, count
from schoolward.protocols.calpads.incidents import Incident, incidents
from schoolward.protocols.calpads.keeping import split, without_students
from schoolward.protocols.calpads.layouts import FILES, OFFENSES_WITH_WEAPON, RESULTS, Field
from schoolward.protocols.calpads.reading import IncidentRow, Incidents, OffenseRow, ResultRow, read

__all__ = [
    "FILES",
    "OFFENSES_WITH_WEAPON",
    "RESULTS",
    "Counted",
    "Field",
    "Incident",
    "IncidentRow",
    "Incidents",
    "OffenseRow",
    "ResultRow",
    "count",
    "incidents",
    "read",
    "split",
    "without_students",
]
