"""The streets of a map as rows of arrays: a city has thousands, and drawing them needs no object each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.street_tags import Pavement, Street
from schoolward.analysis.school_map.content import Line, MapStreet

__all__ = ["FlatLines", "StreetRows"]

_STREETS = {int(street): street for street in Street}
_PAVEMENTS = {int(pavement): pavement for pavement in Pavement}


@dataclass(frozen=True, slots=True, eq=False)
class FlatLines:
    """Lines of positions laid end to end."""

    longitude: NDArray[np.float64]  # degrees east of each position
    latitude: NDArray[np.float64]  # degrees north
    sizes: NDArray[np.int64]  # how many positions each line has: two or more

    @classmethod
    def of(cls, lines: Sequence[Line]) -> FlatLines:
        """The same from tuples."""
        flat = itertools.chain.from_iterable(itertools.chain.from_iterable(lines))
        points = np.fromiter(flat, np.float64).reshape(-1, 2)
        return cls(points[:, 0], points[:, 1], np.fromiter(map(len, lines), np.int64, len(lines)))

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each line begins."""
        return np.cumsum(self.sizes) - self.sizes

    def tuples(self) -> list[Line]:
        """Each line as a tuple of positions."""
        positions = tuple(zip(self.longitude.tolist(), self.latitude.tolist(), strict=True))
        ends = np.cumsum(self.sizes).tolist()
        return [positions[begin:end] for begin, end in itertools.pairwise([0, *ends])]

    def taken(self, which: NDArray[np.int64]) -> FlatLines:
        """These lines alone."""
        sizes = self.sizes[which]
        of = np.repeat(np.arange(len(which)), sizes)
        points = self.starts[which][of] + np.arange(len(of)) - (np.cumsum(sizes) - sizes)[of]
        return FlatLines(self.longitude[points], self.latitude[points], sizes)


@dataclass(frozen=True, slots=True, eq=False)
class StreetRows(Sequence[MapStreet]):
    """Streets, each made an object when it is asked for; what k of them are is k numbers of each kind."""

    lines: FlatLines
    street: NDArray[np.uint8]  # kinds (Street)
    name: NDArray[np.signedinteger]  # places in `names`
    names: Sequence[str]
    pavement: NDArray[np.uint8]  # Pavement
    speed_kmh: NDArray[np.float64]
    factor: NDArray[np.float64]
    is_sidewalk: NDArray[np.bool_]

    @classmethod
    def of(cls, streets: Sequence[MapStreet]) -> StreetRows:
        """The same streets as rows, if they are none yet."""
        if isinstance(streets, StreetRows):
            return streets
        numbers: dict[str, int] = {}
        name = [numbers.setdefault(one.name, len(numbers)) for one in streets]
        return cls(
            FlatLines.of([one.line for one in streets]),
            np.array([int(one.street) for one in streets], np.uint8),
            np.array(name, np.int64),
            tuple(numbers),
            np.array([int(one.pavement) for one in streets], np.uint8),
            np.array([one.speed_kmh for one in streets], np.float64),
            np.array([one.factor for one in streets], np.float64),
            np.array([one.is_sidewalk for one in streets], np.bool_),
        )

    def __len__(self) -> int:
        return len(self.street)

    def __iter__(self) -> Iterator[MapStreet]:
        columns = (self.street, self.name, self.pavement, self.speed_kmh, self.factor, self.is_sidewalk)
        rows = zip(self.lines.tuples(), *(column.tolist() for column in columns), strict=True)
        for line, street, name, pavement, speed, factor, beside in rows:
            yield MapStreet(
                line, _STREETS[street], self.names[name], _PAVEMENTS[pavement], speed, factor, beside
            )

    @overload
    def __getitem__(self, at: int) -> MapStreet: ...
    @overload
    def __getitem__(self, at: slice) -> StreetRows: ...
    def __getitem__(self, at: int | slice) -> MapStreet | StreetRows:
        if isinstance(at, slice):
            return self.taken(np.arange(len(self))[at])
        return next(iter(self.taken(np.arange(len(self))[[at]])))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def taken(self, which: NDArray[np.int64]) -> StreetRows:
        """These alone, in this order."""
        return StreetRows(
            self.lines.taken(which),
            self.street[which],
            self.name[which],
            self.names,
            self.pavement[which],
            self.speed_kmh[which],
            self.factor[which],
            self.is_sidewalk[which],
        )
