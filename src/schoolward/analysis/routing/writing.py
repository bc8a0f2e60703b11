"""Files and folders that are whole or not there: written beside their places, put there when all are done.

Lines on a map as GeoJSON (RFC 7946): WGS 84 degrees, east first, seven decimals, which is a centimetre.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

__all__ = ["Feature", "File", "geojson", "multi_line", "point", "put_files", "whole_folder"]

Position = tuple[float, float]
Feature = tuple[str, Mapping[str, Any]]
"""A geometry (text of JSON) and properties."""


@dataclass(frozen=True)
class File:
    """A file to be written. A secret one can be read by its owner alone."""

    place: Path
    write: Callable[[IO[bytes]], object]
    secret: bool = False


def put_files(files: Sequence[File]) -> list[Path]:
    """Write all files, and then put all of them in their places. Where one fails, what was there stays."""
    with ExitStack() as cleaning:
        ready: list[tuple[Path, Path]] = []
        for file in files:
            handle, name = tempfile.mkstemp(prefix=f".{file.place.name}-", dir=file.place.parent)
            beside = Path(name)
            cleaning.callback(beside.unlink, missing_ok=True)
            with os.fdopen(handle, "wb") as stream:
                file.write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            if not file.secret:
                beside.chmod(0o644)
            ready.append((beside, file.place))
        for beside, place in ready:
            beside.replace(place)
    return [file.place for file in files]


@contextmanager
def whole_folder(place: Path) -> Iterator[Path]:
    """Give a folder beside `place` to be filled; when that is done it takes the place of what is there.

    Where it fails, what was there is as it was. Raises :class:`OSError` where nothing can be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        yield beside
        beside.chmod(0o755)  # a temporary folder is for its owner alone; this one is to be read
        _put(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put(new: Path, place: Path) -> None:
    """Move a folder to its place, and what is there out of the way; if that fails, back again."""
    if not place.exists():
        new.rename(place)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{place.name}-old-", dir=place.parent))
    old.rmdir()
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def geojson(features: Iterable[Feature], *, about: Mapping[str, Any]) -> bytes:
    """A collection of features; `about` says what it is and whose data they are."""
    told = ",\n".join(
        f'{{"type":"Feature","geometry":{shape},"properties":{_json(said)}}}' for shape, said in features
    )
    head = "".join(f"{_json(key)}:{_json(value)}," for key, value in about.items())
    return f'{{"type":"FeatureCollection",{head}"features":[\n{told}\n]}}\n'.encode()


def multi_line(lines: Iterable[Iterable[Position]]) -> str:
    """The geometry of several lines."""
    parts = ",".join("[" + ",".join(map(_position, line)) + "]" for line in lines)
    return f'{{"type":"MultiLineString","coordinates":[{parts}]}}'


def point(position: Position) -> str:
    """The geometry of a place."""
    return f'{{"type":"Point","coordinates":{_position(position)}}}'


def _position(position: Position) -> str:
    return f"[{position[0]:.7f},{position[1]:.7f}]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
