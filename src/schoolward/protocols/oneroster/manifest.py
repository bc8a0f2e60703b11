"""The control file of a set: which version, and which files are there in which mode."""

from __future__ import annotations

from schoolward.protocols.delimited import FileProblem, open_table
from schoolward.protocols.faults import Fault, Faults
from schoolward.protocols.oneroster.layouts import FILES, NEVER_READ
from schoolward.protocols.oneroster.members import Members
from schoolward.protocols.oneroster.values import VERSIONS, Manifest, Mode, SetProblem

NAME = "manifest"
_HEADER = ["propertyName", "value"]
_FILE = "file."
_SOURCES = ("source.systemName", "source.systemCode")


def read_manifest(members: Members, faults: Faults) -> Manifest:
    """Read the control file, and hold it against the files that there are.

    What is doubtful in it goes to ``faults``. Raises :class:`SetProblem` where the set cannot be read for it.
    """
    if NAME not in members.names():
        raise SetProblem(
            "The set has no manifest.csv, which names the version and the files. Export it as OneRoster 1.1 "
            "or 1.2."
        )
    said = _rows(members, faults)
    version = said.get("oneroster.version", (0, ""))[1]
    if version not in VERSIONS:
        raise SetProblem(
            f"manifest.csv gives “{version}” as oneroster.version. Versions {' and '.join(VERSIONS)} are "
            "read; export the set as one of them."
        )
    _check_version_of_manifest(said, faults)
    modes = {}
    for name in sorted(FILES[version]):
        row, value = said.get(f"{_FILE}{name}", (0, ""))
        modes[name] = _mode(name, row, value, name in members.names(), faults)
    return Manifest(version, modes, said.get(_SOURCES[0], (0, ""))[1])


def _rows(members: Members, faults: Faults) -> dict[str, tuple[int, str]]:
    """What the file says, by property: row and value."""
    said: dict[str, tuple[int, str]] = {}
    try:
        with members.open(NAME) as stream:
            table = open_table(stream)
            if table.header[:2] != _HEADER:
                raise SetProblem(
                    "The header of manifest.csv is not “propertyName,value”. Write it exactly so, or export "
                    "the set again."
                )
            for row, cells in enumerate(table.rows, start=table.header_row + 1):
                name, value = [cell.strip() for cell in (*cells, "", "")][:2]
                if not name:
                    continue
                if name in said:
                    _doubt(faults, row, name, value, "stands in the manifest twice", "Leave one of them out.")
                    continue
                said[name] = (row, value)
                known = any(name == f"{_FILE}{file}" for files in FILES.values() for file in files)
                if not known and name not in ("manifest.version", "oneroster.version", *_SOURCES):
                    _doubt(
                        faults, row, name, value, "is no property of a manifest", "Check how it is spelled."
                    )
    except FileProblem as problem:
        raise SetProblem(f"manifest.csv: {problem}") from None
    return said


def _check_version_of_manifest(said: dict[str, tuple[int, str]], faults: Faults) -> None:
    row, value = said.get("manifest.version", (1, ""))
    if value != "1.0":
        _doubt(faults, row, "manifest.version", value, "is not 1.0, the only version there is", "Write 1.0.")


def _mode(name: str, row: int, value: str, is_there: bool, faults: Faults) -> Mode:
    """The mode in which a file is read: what the manifest says, where the file is there."""
    property_name = f"{_FILE}{name}"
    mode = Mode(value) if value in list(Mode) else None
    if mode is None:
        error = "is none of bulk, delta, absent" if row else "is not named in the manifest"
        mend = f"Write bulk, delta or absent for {property_name}."
        _doubt(faults, row or 1, property_name, value, error, mend)
        mode = Mode.ABSENT
    if name == NEVER_READ:
        return mode
    if mode is not Mode.ABSENT and not is_there:
        error = f"promises {name}.csv, and the file is not there"
        _doubt(faults, row, property_name, value, error, "Add the file, or write absent.")
        return Mode.ABSENT
    if mode is Mode.ABSENT and is_there:
        error = f"keeps {name}.csv out, and the file is there: it is not read"
        _doubt(faults, row or 1, property_name, value, error, "Write bulk or delta, or leave the file out.")
    return mode


def _doubt(faults: Faults, row: int, column: str, value: str, error: str, mend: str) -> None:
    faults.add(Fault(row, column, value, error, mend, f"{NAME}.csv", kept=True))
