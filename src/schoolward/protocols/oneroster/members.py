"""The files of a set: in a ZIP archive, or in a folder. Both are asked in the same way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from schoolward.protocols.oneroster.values import SetProblem


class Members(Protocol):
    """The files of a set, by their names without folder and ending, as ``orgs``."""

    def names(self) -> frozenset[str]:
        """The files that there are."""
        ...

    def open(self, name: str) -> BinaryIO:
        """The bytes of one. Raises :class:`SetProblem`."""
        ...


class Archive:
    """A set as a ZIP archive; the files may lie in a folder of it. ``stream`` must be seekable."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError):
            raise SetProblem(
                "This is no ZIP archive, or it is cut off. Send the set as one ZIP file of CSV files."
            ) from None
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            path = PurePosixPath(info.filename.replace("\\", "/"))
            # What a Macintosh adds are files of the same name with a dot before it.
            if info.is_dir() or path.suffix.lower() != ".csv" or path.name.startswith("."):
                continue
            if path.stem in self._infos:
                raise SetProblem(
                    f"The archive holds {path.name} twice. Leave one of them out: a set is one folder."
                )
            self._infos[path.stem] = info

    def names(self) -> frozenset[str]:
        """The files that there are."""
        return frozenset(self._infos)

    def open(self, name: str) -> BinaryIO:
        """The bytes of one. Raises :class:`SetProblem`."""
        info = self._infos[name]
        if info.flag_bits & 1:
            raise SetProblem("The archive has a password. Send the set without one, over a safe connection.")
        try:
            return cast(BinaryIO, self._archive.open(info))
        except (zipfile.BadZipFile, NotImplementedError, OSError) as problem:
            raise SetProblem(f"{name}.csv cannot be unpacked ({problem}). Make the archive anew.") from None


class Folder:
    """A set as CSV files in a folder."""

    def __init__(self, path: Path) -> None:
        self._paths = {file.stem: file for file in path.iterdir() if file.suffix.lower() == ".csv"}

    def names(self) -> frozenset[str]:
        """The files that there are."""
        return frozenset(self._paths)

    def open(self, name: str) -> BinaryIO:
        """The bytes of one. Raises :class:`SetProblem`."""
        try:
            return self._paths[name].open("rb")
        except OSError as problem:
            raise SetProblem(f"{name}.csv cannot be opened ({problem.strerror}).") from None


def packed(members: Members, names: Iterable[str]) -> BinaryIO:
    """The files of these names, as far as they are there, as one ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            if name in members.names():
                with members.open(name) as source, archive.open(f"{name}.csv", "w") as target:
                    while piece := source.read(1 << 20):
                        target.write(piece)
    made.seek(0)
    return made
