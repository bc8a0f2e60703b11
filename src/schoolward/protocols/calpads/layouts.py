"""The fields of each file in their order, and the rules between them that the state's validations name."""

from __future__ import annotations

from dataclasses import dataclass

DELIMITER = "^"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its number in the specification, its name, and whether its value is of a student."""

    number: str
    name: str
    required: bool = False
    personal: bool = False

    @property
    def title(self) -> str:
        """As the specification's own messages write it."""
        return f"{self.number} {self.name}"


def _shared(file: int) -> tuple[Field, ...]:
    names = (
        ("Record Type Code", True, False),
        ("Transaction Type Code", False, False),
        ("Local Record ID", False, True),
        ("Reporting LEA", True, False),
        ("School of Attendance", True, False),
        ("Academic Year ID", True, False),
        ("SSID", True, True),
        ("Local Student ID", False, True),
        ("Student Legal First Name", False, True),
        ("Student Legal Last Name", False, True),
        ("Student Birth Date", False, True),
        ("Student Gender Code", False, True),
        ("Incident ID Local", True, False),
    )
    return tuple(
        Field(f"{file}.{place:02}", name, required, personal)
        for place, (name, required, personal) in enumerate(names, start=1)
    )


FILES: dict[str, tuple[Field, ...]] = {
    "SINC": (
        *_shared(18),
        Field("18.14", "Incident Occurrence Date", required=True),
        Field("18.15", "Statutory Offense Indicator", required=True),
        Field("18.16", "Student Instructional Support Indicator"),
        Field("18.17", "Removal to Interim Alternative Setting Reason Code", personal=True),
    ),
    "SIRS": (
        *_shared(19),
        Field("19.14", "Incident Result Code", required=True),
        Field("19.15", "Incident Result Authority Code"),
        Field("19.16", "Incident Result Duration Days"),
        Field("19.17", "Incident Result Modification Code"),
    ),
    "SOFF": (
        *_shared(20),
        Field("20.14", "Student Offense Code", required=True),
        Field("20.15", "Weapon Category Code"),
    ),
}
"""The files, in the order in which they are sent."""

SUSPENSION, IN_SCHOOL, EXPULSION = "100", "110", "200"
RESULTS = {SUSPENSION: "Suspension", IN_SCHOOL: "In-school suspension", EXPULSION: "Expulsion"}
"""The results whose codes the state's validations name. Others are counted under their code."""
OFFENSES_WITH_WEAPON = frozenset({"100", "101", "103", "104", "105"})
"""Offenses for which the kind of weapon must be given (validation SOFF0095)."""
