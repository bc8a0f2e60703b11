"""The CSV files of permits, appeals and payments."""

from datetime import date
from typing import BinaryIO, Final

from schoolward.analysis.alarm_fees.records import Appeal, Outcome, Permit
from schoolward.analysis.alarm_fees.tables import CellProblem, Cells, Column, Read, one_of, parsed

MAIN_LINE: Final = "main"
"""The line whose systems are named by their account alone."""

PERMIT_COLUMNS: Final = (
    Column("system", "The alarm system, as alarms name it", required=True, also="account"),
    Column(
        "permit",
        "The permit's number; a later row of the same number is a renewal",
        required=True,
        also="number",
    ),
    Column(
        "starts_on",
        "First day of the term, from which the permit year counts",
        required=True,
        also="issued_on",
    ),
    Column("kind", "residential, commercial, or another kind of the ordinance; empty is any"),
    Column("issued_on", "Day on which it was granted or renewed; empty is starts_on"),
    Column("ends_on", "Last day of the term; empty is as the ordinance says"),
    Column("cancelled_on", "First day out of force; empty is never"),
    Column("reinstated_on", "First day in force again; empty is never"),
    Column("installed_on", "Day on which the alarm system was put in; empty is not known"),
    Column("line", f"The line of the system; empty or {MAIN_LINE} leaves its name as it is"),
    Column("ordinance", "The ordinance that it was issued under, by its key; empty is this one"),
)
APPEAL_COLUMNS: Final = (
    Column("event", "The alarm's number", required=True, also="case"),
    Column("filed_on", "Day on which the appeal was filed", required=True),
    Column("decided_on", "Day of the decision; empty is not decided yet"),
    Column("outcome", f"One of {', '.join(Outcome)}; empty is not decided yet"),
)
PAYMENT_COLUMNS: Final = (
    Column("event", "The alarm's number", required=True),
    Column("paid_on", "Day on which its whole charge was paid", required=True),
)


def read_permits(stream: BinaryIO, ordinance: str = "") -> tuple[list[Permit], Read]:
    """Read permits, and say which rows were refused and why. Raises TableProblem.

    Of a file that names ordinances only those count that were issued under the `ordinance` of this key. Where
    none was, one asks what another city's rule would cost, and each is taken as if it were that city's.
    """
    read = Read()
    found = [row for _, row in parsed(stream, PERMIT_COLUMNS, read, _permit)]
    own = [permit for permit, under in found if under in ("", ordinance)]
    others = len(found) - len(own)
    if own and others:
        read.cautions.append(f"{others:,} permits were issued under another ordinance and were left out.")
    elif others:
        named = ", ".join(sorted({under for _, under in found}))
        read.cautions.append(
            f"The permits were issued under another ordinance ({named}) and are taken as if under this one."
        )
    return own or [permit for permit, _ in found], read


def read_appeals(stream: BinaryIO) -> tuple[list[Appeal], Read]:
    """Read appeals, and say which rows were refused and why. Raises TableProblem."""
    read = Read()
    return [appeal for _, appeal in parsed(stream, APPEAL_COLUMNS, read, _appeal)], read


def read_payments(stream: BinaryIO) -> tuple[dict[str, date], Read]:
    """Read payments, and say which rows were refused and why. Raises TableProblem.

    An alarm that was paid for twice was paid for on the first of the days.
    """
    read = Read()
    found: dict[str, date] = {}
    for _, (event, day) in parsed(stream, PAYMENT_COLUMNS, read, _payment):
        found[event] = min(day, found.get(event, day))
    return found, read


def system_name(account: str, line: str) -> str:
    """Return how fee files name a system: by its account, with the line where that is not the main one."""
    return account if line in ("", MAIN_LINE) else f"{line}/{account}"


def _permit(cells: Cells) -> tuple[Permit, str]:
    starts = cells.needed_day("starts_on")
    permit = Permit(
        system=system_name(cells.needed("system"), cells.text("line")),
        number=cells.needed("permit"),
        starts_on=starts,
        kind=cells.text("kind").lower() or "*",
        issued_on=cells.day("issued_on"),
        ends_on=cells.day("ends_on"),
        cancelled_on=cells.day("cancelled_on"),
        reinstated_on=cells.day("reinstated_on"),
        installed_on=cells.day("installed_on"),
    )
    cells.not_before("ends_on", permit.ends_on, starts, "starts_on")
    cells.not_before("cancelled_on", permit.cancelled_on, starts, "starts_on")
    cells.not_before("reinstated_on", permit.reinstated_on, permit.cancelled_on, "cancelled_on")
    return permit, cells.text("ordinance")


def _appeal(cells: Cells) -> Appeal:
    event, filed = cells.needed("event"), cells.needed_day("filed_on")
    word = cells.text("outcome")
    outcome = Outcome(one_of(word, tuple(Outcome))) if word else None
    decided = cells.day("decided_on")
    if (outcome is None) != (decided is None):
        lacking = "decided_on" if decided is None else "outcome"
        cells.text(lacking)
        raise CellProblem("is empty although the appeal is decided", "Give both, or neither.")
    cells.not_before("decided_on", decided, filed, "filed_on")
    return Appeal(event, filed, decided, outcome)


def _payment(cells: Cells) -> tuple[str, date]:
    return cells.needed("event"), cells.needed_day("paid_on")
