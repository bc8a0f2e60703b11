"""A network kept as a folder: a file an array, mapped into memory, and `network.json` to vouch for them.

The folder is written beside its place and put there by a rename when it is whole; one that is there already
is replaced whole or stays as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.streets import Streets
from schoolward.analysis.routing.writing import whole_folder

FORMAT = "schoolward pedestrian network"
FORMAT_VERSION = 1
DESCRIPTION = "network.json"
_NAMES = "names.json"


class SavedProblem(ValueError):
    """A folder holds no network, one of another version or a damaged one; the text names the mend."""


def save(folder: str | os.PathLike[str], made: StreetNetwork, *, at: datetime) -> dict[str, Any]:
    """Keep a network as a folder and return its description, as `network.json` holds it.

    A network that is there is replaced. Raises :class:`SavedProblem` where something else is there, and
    :class:`OSError` where nothing can be written; then what was there is as it was.
    """
    place = Path(folder).absolute()
    check_place(place)
    with whole_folder(place) as beside:
        return _write(beside, made, at)


def load(folder: str | os.PathLike[str], *, verify: bool = True) -> StreetNetwork:
    """The network kept in a folder, its arrays mapped into memory and not to be written to.

    With `verify` every file is read once and held against its digest. Raises :class:`SavedProblem`.
    """
    place = Path(folder)
    try:
        described = json.loads((place / DESCRIPTION).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise SavedProblem(
            f"{place}: holds no network ({DESCRIPTION} is missing); `schoolward routes build` makes one."
        ) from None
    except ValueError:
        raise SavedProblem(f"{place / DESCRIPTION}: is damaged; build the network again.") from None
    if not isinstance(described, dict) or described.get("format") != FORMAT:
        raise SavedProblem(f"{place}: is no {FORMAT}; name a folder made by `schoolward routes build`.")
    if described.get("format_version") != FORMAT_VERSION:
        raise SavedProblem(
            f"{place}: has format {described.get('format_version')}; this program reads {FORMAT_VERSION}: "
            "build the network again."
        )
    files: dict[str, str] = described["files"]
    if verify:
        for name, digest in files.items():
            if not (place / name).is_file() or _digest(place / name) != digest:
                raise SavedProblem(
                    f"{place / name}: is missing, or not what was written; build the network again."
                )
    arrays = _mapped(place, files)
    names = json.loads((place / _NAMES).read_text(encoding="utf-8"))
    return StreetNetwork(
        network=Network(**{field.name: arrays[f"network.{field.name}"] for field in fields(Network)}),
        streets=Streets(**{field.name: arrays[f"streets.{field.name}"] for field in fields(Streets)}),
        name=arrays["name"],
        names=tuple(names),
        about={key: value for key, value in described.items() if key not in _OF_THE_FOLDER},
    )


_OF_THE_FOLDER = frozenset({"format", "format_version", "files"})


def check_place(folder: str | os.PathLike[str]) -> None:
    """Raise :class:`SavedProblem` where a folder or file is that is not a network to be replaced."""
    place = Path(folder)
    if not place.exists():
        return
    if not place.is_dir():
        raise SavedProblem(f"{place}: is a file; name a folder that is to hold the network.")
    if any(place.iterdir()) and not (place / DESCRIPTION).is_file():
        raise SavedProblem(f"{place}: holds something else than a network; name an empty or a new folder.")


def _write(folder: Path, made: StreetNetwork, at: datetime) -> dict[str, Any]:
    files: dict[str, str] = {}
    for name, array in _arrays(made).items():
        file = folder / f"{name}.npy"
        np.save(file, array, allow_pickle=False)
        files[file.name] = _digest(file)
    (folder / _NAMES).write_text(json.dumps(made.names, ensure_ascii=False), encoding="utf-8")
    files[_NAMES] = _digest(folder / _NAMES)
    described = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        **made.about,
        "made_at": at.isoformat(timespec="seconds"),
        "files": files,
    }
    # The description comes last: a folder without it is no network.
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")
    for file in folder.iterdir():
        _settle(file)
    return described


def _arrays(made: StreetNetwork) -> dict[str, NDArray[Any]]:
    arrays = {f"network.{field.name}": getattr(made.network, field.name) for field in fields(Network)}
    arrays |= {f"streets.{field.name}": getattr(made.streets, field.name) for field in fields(Streets)}
    return arrays | {"name": made.name}


def _mapped(place: Path, files: dict[str, str]) -> dict[str, NDArray[Any]]:
    try:
        return {
            name.removesuffix(".npy"): np.load(place / name, mmap_mode="r", allow_pickle=False)
            for name in files
            if name.endswith(".npy")
        }
    except (ValueError, FileNotFoundError) as error:
        raise SavedProblem(f"{place}: is damaged ({error}); build the network again.") from None


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _settle(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
