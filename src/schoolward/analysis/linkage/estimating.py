"""How telling each level of agreement is in these files, learned without a single pair being labelled.

`unmatched` comes from pairs drawn at random, which are strangers but for a known few. `matched` comes from
expectation and maximisation (Dempster, Laird and Rubin 1977) over the pairs of each blocking rule, of which
the comparisons are left out that agree by the rule's own doing; the rules share one set of numbers. What was
believed before (`levels.py`) counts like a few pairs more, so that small files do not go astray.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage.agreeing import Nicknames
from schoolward.analysis.linkage.blocking import Candidates, shares_key
from schoolward.analysis.linkage.comparing import Patterns, distinct, levels_of, patterns
from schoolward.analysis.linkage.levels import COMPARISONS
from schoolward.analysis.linkage.people import Pairs, People

Floats = NDArray[np.float64]

BELIEVED_MATCHED: Final = 50.0
"""What is believed of one person's records weighs as much as so many pairs."""
BELIEVED_UNMATCHED: Final = 3_000.0
LARGEST_SHARE: Final = 0.001
"""Two small files are samples of a city full of namesakes, so no more of all pairs count as one person's."""
LEAST_UNMATCHED: Final = 1e-7
"""However many bits a level might earn by this, a slip in one cell of some form earns a place for doubt."""
ROUNDS: Final = 60
_DRAWN: Final = 300_000
_TRAINED_ON: Final = 2_000_000
_SEED: Final = 20_120_906  # the same files give the same weights
_SETTLED: Final = 1e-6


@dataclass(frozen=True)
class Model:
    """Shares of one person's and of strangers' pairs at each level, and of pairs that are one person's."""

    matched: tuple[Floats, ...]
    unmatched: tuple[Floats, ...]
    share: float

    @property
    def prior(self) -> float:
        """Weight in bits of any pair before anything is compared."""
        return float(np.log2(self.share / (1 - self.share)))

    def weights(self) -> tuple[Floats, ...]:
        """Return the weight in bits of each level of each comparison; 0 where it says nothing."""
        return tuple(_bits(one, other) for one, other in zip(self.matched, self.unmatched, strict=True))


@dataclass(frozen=True)
class _Counted:
    """Distinct patterns, unpacked, how many pairs have each, and the comparisons that are looked at."""

    levels: list[NDArray[np.uint8]]
    pairs: Floats
    looked_at: tuple[int, ...]

    def odds(self, weights: tuple[Floats, ...], prior: float) -> Floats:
        bits = np.full(len(self.pairs), prior)
        for place in self.looked_at:
            bits += weights[place][self.levels[place]]
        return bits

    def matched(self, weights: tuple[Floats, ...], share: float) -> Floats:
        """Return the pairs of each pattern that are expected to be one person's."""
        bits = self.odds(weights, float(np.log2(share / (1 - share))))
        return self.pairs / (1 + np.exp2(-np.clip(bits, -500, 500)))


def estimate(
    people: People, candidates: Candidates, found: Patterns, nicknames: Nicknames | None = None
) -> Model:
    """Learn a model from the candidates and from pairs drawn at random."""
    believed_matched = tuple(np.array([level.matched for level in one.levels]) for one in COMPARISONS)
    believed_unmatched = tuple(np.array([level.unmatched for level in one.levels]) for one in COMPARISONS)
    everything = tuple(range(len(COMPARISONS)))
    drawn = _counted(patterns(people, _random_pairs(people), nicknames), everything)
    strangers = drawn.pairs
    all_pairs = _counted(found, everything)
    rules = _by_rule(candidates, found)
    total = max(pair_count(people), 1.0)
    unmatched = _shares(drawn, strangers, believed_unmatched, BELIEVED_UNMATCHED)
    model = Model(believed_matched, unmatched, min(LARGEST_SHARE, max(len(people), 1) / total))
    of_rule = [0.5] * len(rules)
    for _ in range(ROUNDS):
        weights = model.weights()
        sums = [BELIEVED_MATCHED * one for one in believed_matched]
        for place, rule in enumerate(rules):
            expected = rule.matched(weights, of_rule[place])
            of_rule[place] = (expected.sum() + 1) / (rule.pairs.sum() + 2)
            _add(sums, rule, expected)
        matched = tuple(_normalised(one) for one in sums)
        expected_pairs = float(all_pairs.matched(weights, model.share).sum())
        share = min(LARGEST_SHARE, max(expected_pairs, 0.5) / total)
        strangers = drawn.pairs - drawn.matched(weights, model.share)
        unmatched = _shares(drawn, strangers, believed_unmatched, BELIEVED_UNMATCHED)
        moved = max(
            float(np.abs(new - old).max()) for new, old in zip(matched, model.matched, strict=True)
        ) + abs(share / model.share - 1)
        model = Model(matched, unmatched, share)
        if moved < _SETTLED:
            break
    return model


def pair_count(people: People) -> float:
    """Return how many pairs of records there are."""
    size = len(people)
    if people.two_files:
        return float(people.first) * (size - people.first)
    return size * (size - 1) / 2


def _random_pairs(people: People) -> Pairs:
    """Return pairs drawn at random, or all where there are few."""
    size, first = len(people), people.first
    right_from, right_count = (first, size - first) if people.two_files else (0, size)
    if first * right_count <= _DRAWN:
        left, right = np.divmod(np.arange(first * right_count), max(right_count, 1))
    else:
        generator = np.random.default_rng(_SEED)
        left = generator.integers(0, first, _DRAWN)
        right = generator.integers(0, right_count, _DRAWN)
    right = right + right_from
    kept = left != right if people.two_files else left < right
    return Pairs(left[kept].astype(np.int32), right[kept].astype(np.int32))


def _by_rule(candidates: Candidates, found: Patterns) -> list[_Counted]:
    """Count the patterns of each rule's pairs, without the comparisons that agree by its own doing."""
    pairs = candidates.pairs
    if len(pairs) > _TRAINED_ON:
        some = np.sort(np.random.default_rng(_SEED).choice(len(pairs), _TRAINED_ON, replace=False))
        pairs, found = pairs[some], found[some]
    counted = []
    for used in candidates.used:
        looked_at = tuple(place for place, one in enumerate(COMPARISONS) if one.field not in used[0].decided)
        counted.append(_counted(found[shares_key(used, pairs)], looked_at))
    return [rule for rule in counted if len(rule.pairs)]


def _counted(found: Patterns, looked_at: tuple[int, ...]) -> _Counted:
    patterns_found, counts = distinct(found)
    return _Counted(levels_of(patterns_found), counts.astype(np.float64), looked_at)


def _shares(
    counted: _Counted, pairs: Floats, believed: tuple[Floats, ...], weight: float
) -> tuple[Floats, ...]:
    sums = [weight * one for one in believed]
    _add(sums, counted, pairs)
    return tuple(np.where(one > 0, np.maximum(_normalised(one), LEAST_UNMATCHED), 0) for one in sums)


def _add(sums: list[Floats], counted: _Counted, pairs: Floats) -> None:
    for place in counted.looked_at:
        count = np.bincount(counted.levels[place], weights=pairs, minlength=len(sums[place]))
        # Where nothing is believed of a level, it says nothing: missing, given once.
        sums[place] += np.where(sums[place] > 0, count, 0)


def _normalised(counts: Floats) -> Floats:
    return counts / counts.sum()


def _bits(matched: Floats, unmatched: Floats) -> Floats:
    says = (matched > 0) & (unmatched > 0)
    return np.log2(np.where(says, matched, 1) / np.where(says, unmatched, 1))
