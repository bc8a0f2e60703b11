"""An OpenStreetMap extract as arrays: its streets, what their tags say, and the nodes that say something.

osmium reads, filters and looks up positions in C++; Python touches a way once and a node never, and looks at
each distinct set of tags once. Porto's 51,000 ways have 1,900 such sets.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

#: Tags of one kind of way or node, only of the keys that are asked about.
Tags = Mapping[str, str]

#: What makes a way one that may be walked; `route` is there for ferries, which are counted and left out.
AREA_KEYS = ("highway", "man_made", "railway", "public_transport")
WAY_KEYS = (*AREA_KEYS, "route")
#: What is asked about a way. A key that is not here plays no part anywhere.
ASKED_OF_WAYS = (
    *WAY_KEYS,
    "access",
    "area",
    "bicycle",
    "bridge",
    "conveying",
    "crossing",
    "crossing:island",
    "crossing:markings",
    "crossing:signals",
    "foot",
    "foot:conditional",
    "footway",
    "indoor",
    "lanes",
    "lit",
    "maxspeed",
    "motorroad",
    "oneway",
    "service",
    "sidewalk",
    "sidewalk:both",
    "sidewalk:left",
    "sidewalk:right",
    "surface",
    "tunnel",
)
NODE_KEYS = ("barrier", "crossing", "highway")
ASKED_OF_NODES = (
    *NODE_KEYS,
    "access",
    "crossing:island",
    "crossing:markings",
    "crossing:signals",
    "foot",
    "locked",
)


class ExtractProblem(ValueError):
    """The file cannot be read as an extract, or holds nothing to walk on. The text says what to do."""


@dataclass(frozen=True)
class Extract:
    """Ways of w streets and paths over r references to nodes, and the n nodes with a tag asked about."""

    path: Path
    kinds: tuple[Tags, ...]  # each distinct set of tags of a way
    names: tuple[str, ...]  # each distinct name of a way; the first is empty
    way_ids: NDArray[np.int64]  # w
    way_kind: NDArray[np.int32]  # w, which of `kinds`
    way_name: NDArray[np.int32]  # w, which of `names`
    first: NDArray[np.int64]  # w + 1: references first[i] to first[i + 1] are those of way i
    refs: NDArray[np.int64]  # r, ids of nodes
    longitude: NDArray[np.float64]  # r, degrees; not a number where the extract lacks the node
    latitude: NDArray[np.float64]  # r
    node_kinds: tuple[Tags, ...]
    node_ids: NDArray[np.int64]  # n
    node_kind: NDArray[np.int32]  # n, which of `node_kinds`


def read_extract(path: str | os.PathLike[str]) -> Extract:
    """Read the streets of an extract: PBF, or XML as `.osm`, `.osm.gz`, `.osm.bz2`.

    Raises :class:`ExtractProblem` where the file is no extract, is cut off, or holds no way at all. Streets
    lie for a moment in a file of text in the folder for temporary files, six times as large as a PBF.
    """
    file = Path(path)
    if not file.is_file():
        raise ExtractProblem(f"{file}: there is no such file; name an extract (.osm.pbf or .osm).")
    if file.stat().st_size == 0:
        raise ExtractProblem(f"{file}: the file is empty; fetch the extract again.")
    try:
        return _read(file)
    except RuntimeError as error:
        # osmium's errors, of reading and of writing, are runtime errors, each with a text of its own.
        if os.strerror(errno.ENOSPC) in str(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), tempfile.gettempdir()) from None
        raise ExtractProblem(
            f"{file}: cannot be read as an OpenStreetMap extract ({error}); "
            "it is cut off, or is neither PBF nor XML. Fetch it again, or name another."
        ) from None


def _read(file: Path) -> Extract:
    import osmium
    from osmium.filter import EntityFilter, IdFilter, KeyFilter

    # A filter is asked about every kind of object, unless it is told about which.
    streets, telling = KeyFilter(*WAY_KEYS), KeyFilter(*NODE_KEYS)
    streets.enable_for(osmium.osm.WAY)
    telling.enable_for(osmium.osm.NODE)
    with tempfile.TemporaryDirectory(prefix="schoolward-") as folder:
        lines, outline_lines = Path(folder) / "streets.opl", Path(folder) / "outlines.opl"
        _write_lines(file, lines, streets, telling)
        squares = _squares(file)
        if squares:
            _write_lines(file, outline_lines, EntityFilter(osmium.osm.WAY), IdFilter(squares))
        else:
            outline_lines.touch()
        with lines.open("rb") as stream, outline_lines.open("rb") as outlines:
            return _of_lines(file, chain(stream, _with_tags(outlines, squares)))


def _write_lines(file: Path, lines: Path, *filters: object) -> None:
    """Write what passes the filters, a line each, with the position of every node of a way.

    The lines are OPL ("object per line", https://osmcode.org/opl-file-format/). Asking osmium for each node
    of each way from Python takes twice as long as to have it write them all and numpy read them.
    """
    import osmium

    places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
    places.ignore_errors()  # extracts are cut: ways go on to nodes that are not in them
    reader = osmium.io.Reader(str(file), osmium.osm.NODE | osmium.osm.WAY)
    to = osmium.io.File(str(lines), "opl,add_metadata=none,locations_on_ways=true")
    with osmium.SimpleWriter(to) as writer:
        osmium.apply(reader, places, *filters, writer)
    reader.close()


def _squares(file: Path) -> dict[int, bytes]:
    """Outlines of squares drawn as multipolygons: ids of ways, and the tags that relations bear for them."""
    import osmium
    from osmium.filter import KeyFilter

    found: dict[int, bytes] = {}
    relations = osmium.FileProcessor(str(file), osmium.osm.RELATION).with_filter(KeyFilter(*AREA_KEYS))
    for relation in relations:
        if isinstance(relation, osmium.osm.Relation) and relation.tags.get("type") == "multipolygon":
            text = ",".join(f"{_escaped(tag.k)}={_escaped(tag.v)}" for tag in relation.tags).encode()
            found |= {member.ref: text for member in relation.members if member.type == "w"}
    return found


def _with_tags(lines: Iterable[bytes], tags: Mapping[int, bytes]) -> Iterator[bytes]:
    """The lines of ways with other tags; ways that are streets themselves are known already and left out."""
    for line in lines:
        head, _, rest = line.partition(b" T")
        text, _, along = rest.partition(b" N")
        if not any(key in _tags_of(text) for key in WAY_KEYS):
            yield b"%b T%b N%b" % (head, tags[int(head[1:])], along)


def _of_lines(file: Path, lines: Iterable[bytes]) -> Extract:
    way_texts: dict[bytes, int] = {}
    way_ids: list[bytes] = []
    way_text: list[int] = []
    counts: list[int] = []
    points: list[bytes] = []
    node_texts: dict[bytes, int] = {}
    node_ids: list[bytes] = []
    node_text: list[int] = []
    for line in lines:
        head, _, rest = line.partition(b" T")
        if head[:1] == b"w":
            text, _, along = rest.rstrip().partition(b" N")
            if b"," not in along:
                continue  # one node alone is no street
            way_ids.append(head[1:])
            way_text.append(way_texts.setdefault(text, len(way_texts)))
            counts.append(along.count(b",") + 1)
            points.append(along)
        else:
            node_ids.append(head[1:])
            node_text.append(node_texts.setdefault(rest.partition(b" ")[0], len(node_texts)))
    if not way_ids:
        raise ExtractProblem(f"{file}: holds no streets or paths; it may be an extract of something else.")
    told = [_tags_of(text) for text in way_texts]
    kinds, kind_of_text = _alike([_asked(tags, ASKED_OF_WAYS) for tags in told])
    names, name_of_text = _alike(["", *(tags.get("name", "") for tags in told)])
    node_kinds, kind_of_node_text = _alike([_asked(_tags_of(text), ASKED_OF_NODES) for text in node_texts])
    # A line's nodes read "n17x-8.64y41.16,n18x…"; one that the extract lacks reads "n19xy".
    numbers = b",".join(points).replace(b"xy", _NOWHERE).translate(bytes.maketrans(b"xy", b",,"), b"n")
    along_ways = np.fromstring(numbers.decode("ascii"), sep=",", dtype=np.float64).reshape(-1, 3)
    along_ways[along_ways[:, 1] > 180, 1:] = np.nan
    return Extract(
        path=file,
        kinds=tuple(dict(kind) for kind in kinds),
        names=tuple(names),
        way_ids=np.array(way_ids, dtype="S20").astype(np.int64),
        way_kind=kind_of_text[way_text],
        way_name=name_of_text[1:][way_text],
        first=np.concatenate(([0], np.cumsum(counts, dtype=np.int64))),
        refs=along_ways[:, 0].astype(np.int64),  # ids are far below 2^53: a float holds them whole
        longitude=along_ways[:, 1].copy(),
        latitude=along_ways[:, 2].copy(),
        node_kinds=tuple(dict(kind) for kind in node_kinds),
        node_ids=np.array(node_ids, dtype="S20").astype(np.int64),
        node_kind=kind_of_node_text[node_text],
    )


_T = TypeVar("_T", bound=Hashable)
_NOWHERE = b"x999y999"
_ESCAPED = re.compile("%([0-9a-f]+)%")


def _tags_of(text: bytes) -> dict[str, str]:
    """The tags that a line tells as "key=value,key=value"; a sign that would part them is told as %2c%."""
    told = text.decode("utf-8").strip()
    pairs = [pair.partition("=") for pair in told.split(",")]
    if "%" not in told:
        return {key: value for key, _, value in pairs}
    return {_plain(key): _plain(value) for key, _, value in pairs}


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "%" in text else text


def _escaped(text: str) -> str:
    return re.sub(r"[^\w:.-]", lambda sign: f"%{ord(sign[0]):x}%", text)


def _asked(tags: Tags, keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple([(key, tags[key]) for key in keys if key in tags])


def _alike(items: Sequence[_T]) -> tuple[list[_T], NDArray[np.int32]]:
    """The distinct items as they first come, and of each item which of them it is."""
    places: dict[_T, int] = {}
    which = [places.setdefault(item, len(places)) for item in items]
    return list(places), np.array(which, dtype=np.int32)
