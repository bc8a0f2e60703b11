"""Street corners by the names of two streets: "Oak St & 5th Ave" is a place on the network.

Who has no position to give, or gives none, still knows the next corner.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.making import StreetNetwork

__all__ = ["Corner", "CornerProblem", "Corners", "plain_name"]

_SUFFIXES = {
    "al": "alley", "ave": "avenue", "av": "avenue", "blvd": "boulevard", "bl": "boulevard", "cir": "circle",
    "ct": "court", "dr": "drive", "expy": "expressway", "hwy": "highway", "ln": "lane", "pkwy": "parkway",
    "pl": "place", "rd": "road", "sq": "square", "st": "street", "ter": "terrace", "wy": "way",
    "n": "north", "s": "south", "e": "east", "w": "west",
    "ne": "northeast", "nw": "northwest", "se": "southeast", "sw": "southwest",
}  # fmt: skip
_BETWEEN = re.compile(r"\s*(?:[&/@,;]|\band\b|\bat\b|\by\b)\s*", re.IGNORECASE)


class CornerProblem(ValueError):
    """What was typed is no corner of the network.

    `street` is the name that is not known (empty where the two streets are known and do not meet, or where no
    two names were given), `near` are names that are spelled alike.
    """

    def __init__(self, street: str = "", near: tuple[str, ...] = (), *, is_pair: bool = True) -> None:
        super().__init__(f"no corner: {street}" if street else "no corner")
        self.street = street
        self.near = near
        self.is_pair = is_pair


@dataclass(frozen=True)
class Corner:
    """Where two streets meet."""

    names: tuple[str, str]  # as the map spells them
    longitude: float
    latitude: float


def plain_name(name: str) -> str:
    """A street's name for comparison: no accents, no points, the usual short forms written out."""
    text = unicodedata.normalize("NFKD", name)
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).casefold()
    words = re.sub(r"[^\w\s]", " ", text).split()
    # "St" before a name is a saint and after it a street; both become the same here, on both sides.
    return " ".join(_SUFFIXES.get(word, word) for word in words)


class Corners:
    """The corners of one network, found by what people type."""

    def __init__(self, made: StreetNetwork) -> None:
        """Index the nodes at which streets of two names meet."""
        self._network = made.network
        self._names = made.names
        ends, name = made.network.ends, np.asarray(made.name, dtype=np.int64)
        pairs = np.concatenate([ends[:, side].astype(np.int64) * len(made.names) + name for side in (0, 1)])
        pairs = np.unique(pairs[np.tile(name > 0, 2)])
        node, of = pairs // len(made.names), pairs % len(made.names)
        several = np.bincount(node, minlength=len(made.network.node_ids))[node] > 1
        node, of = node[several], of[several]
        order = np.argsort(of, kind="stable")
        groups = np.split(node[order], np.flatnonzero(np.diff(of[order])) + 1)
        self._nodes: dict[str, NDArray[np.int64]] = {}
        self._spelled: dict[str, str] = {}
        for number, nodes in zip(np.unique(of).tolist(), groups, strict=False):
            plain = plain_name(made.names[number])
            known = self._nodes.get(plain)
            self._nodes[plain] = nodes if known is None else np.union1d(known, nodes)
            self._spelled.setdefault(plain, made.names[number])

    def find(self, typed: str, *, near: tuple[float, float]) -> Corner:
        """The corner of the two streets that are named, the one nearest to a point if they meet more than
        once.

        Raises :class:`CornerProblem`.
        """
        problem = CornerProblem(is_pair=False)
        for first, second in _halves(typed):
            try:
                return self._corner(first, second, near)
            except CornerProblem as other:
                problem = other
        raise problem

    def _corner(self, first: str, second: str, near: tuple[float, float]) -> Corner:
        one, other = self._known(first), self._known(second)
        shared = [
            (a, b, node)
            for a in one
            for b in other
            if a != b
            for node in np.intersect1d(self._nodes[a], self._nodes[b], assume_unique=True).tolist()
        ]
        if not shared:
            raise CornerProblem
        east_m, north_m = metres_a_degree(near[1])
        longitude, latitude = self._network.longitude, self._network.latitude

        def away(node: int) -> float:
            return float(np.hypot((longitude[node] - near[0]) * east_m, (latitude[node] - near[1]) * north_m))

        a, b, node = min(shared, key=lambda found: (away(found[2]), found))
        return Corner((self._spelled[a], self._spelled[b]), float(longitude[node]), float(latitude[node]))

    def _known(self, typed: str) -> list[str]:
        """The streets that a name may mean: the one of that name, else those that begin with it."""
        plain = plain_name(typed)
        if plain in self._nodes:
            return [plain]
        longer = [name for name in self._nodes if name.startswith(plain + " ")]
        if longer:
            return longer
        alike = difflib.get_close_matches(plain, self._nodes, n=3, cutoff=0.6)
        raise CornerProblem(typed.strip()[:80], tuple(self._spelled[name] for name in alike))


def _halves(typed: str) -> list[tuple[str, str]]:
    """Every way to cut what was typed into two names, at a sign or a word that joins them."""
    found = [(typed[: cut.start()], typed[cut.end() :]) for cut in _BETWEEN.finditer(typed)]
    return [(one, other) for one, other in found if plain_name(one) and plain_name(other)]
