"""From one or two tables of people to decided pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage.agreeing import Nicknames
from schoolward.analysis.linkage.blocking import Candidates, candidates
from schoolward.analysis.linkage.comparing import Patterns, nickname_keys, patterns
from schoolward.analysis.linkage.deciding import (
    Decision,
    Thresholds,
    Weighed,
    decide,
    rarities,
    weigh,
)
from schoolward.analysis.linkage.estimating import Model, estimate
from schoolward.analysis.linkage.levels import COMPARISONS, EQUAL, MISSING
from schoolward.analysis.linkage.people import Pairs, People, gather
from schoolward.analysis.linkage.reading import Table
from schoolward.analysis.linkage.reasons import reason
from schoolward.analysis.linkage.together import broken_chains, lesser_claims

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a pair: how it agrees, what that weighs in bits, and its points against kin."""

    field: str
    level: str
    weight: float
    kin: int


@dataclass(frozen=True, slots=True)
class Link:
    """One pair with its decision and what speaks for it."""

    left: str
    right: str
    decision: Decision
    weight: float
    """Bits for one person against strangers, by the person's own facts: 10 are odds of a thousand to one."""
    household: float
    """Bits that the household adds; they bring a pair before a person and never decide it."""
    kin: int
    why: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Linked:
    """All pairs that were looked at, with what was learned on the way."""

    people: People
    candidates: Candidates
    found: Patterns
    model: Model
    weighed: Weighed
    thresholds: Thresholds
    decisions: NDArray[np.int8]
    chained: Places
    """Pairs that were the same, but for a chain that they are part of."""
    outdone: Places
    """Pairs that were the same, but for a heavier one of the same record."""

    @property
    def pairs(self) -> Pairs:
        """The pairs, in the order of the other columns."""
        return self.candidates.pairs

    def count(self, decision: Decision) -> int:
        """Return how many pairs ended with a decision."""
        return int(np.count_nonzero(self.decisions == decision))

    def places(self, *decisions: Decision) -> Places:
        """Return the places of pairs with one of these decisions, the heaviest first."""
        places = np.flatnonzero(np.isin(self.decisions, [int(one) for one in decisions]))
        order = np.lexsort((self.pairs.right[places], self.pairs.left[places], -self.weighed.whole[places]))
        by_decision = np.argsort(-self.decisions[places][order], kind="stable")
        found: Places = places[order][by_decision]
        return found

    def links(self, *decisions: Decision) -> Iterator[Link]:
        """Yield the pairs with one of these decisions: the same first, then the heaviest."""
        weights = self.model.weights()
        rarity = {
            name: rarities(self.people, self.model, name) for name in ("given", "surname", "birth_date")
        }
        chained, outdone = set(self.chained.tolist()), set(self.outdone.tolist())
        for place in self.places(*decisions).tolist():
            left, right = int(self.pairs.left[place]), int(self.pairs.right[place])
            facts = []
            pattern = int(self.found[place])
            for number, comparison in enumerate(COMPARISONS):
                pattern, level = divmod(pattern, len(comparison.levels))
                weight = float(weights[number][level])
                if level == EQUAL and comparison.field in rarity:
                    codes, bits = rarity[comparison.field]
                    weight += float(bits[codes[left]])
                if level != MISSING or comparison.levels[level].kin:
                    what = comparison.levels[level]
                    facts.append(Fact(comparison.field, what.name, weight, what.kin))
            decision = Decision(int(self.decisions[place]))
            household = sum(fact.weight for fact in facts if fact.field == "household")
            kin = int(self.weighed.kin[place])
            weight = float(self.weighed.identity[place])
            yield Link(
                self.people.records[left],
                self.people.records[right],
                decision,
                weight,
                household,
                kin,
                reason(
                    decision,
                    weight,
                    kin,
                    {fact.field: fact.level for fact in facts},
                    self.thresholds,
                    chained=place in chained,
                    outdone=place in outdone,
                ),
                tuple(facts),
            )


def link(
    first: Table,
    second: Table | None = None,
    *,
    thresholds: Thresholds | None = None,
    nicknames: Mapping[str, set[str]] | None = None,
    one_to_one: bool = False,
    limit: int | None = None,
) -> Linked:
    """Link two tables, or find the duplicates within one. Nothing is merged; pairs are decided.

    `nicknames` says which names stand for which, `limit` how many pairs one blocking rule may bring. With
    `one_to_one` a record is linked once at most.
    """
    thresholds = thresholds or Thresholds()
    people = gather(first, second)
    keys: Nicknames | None = nickname_keys(people, nicknames) if nicknames else None
    looked_at = candidates(people, limit=limit)
    found = patterns(people, looked_at.pairs, keys)
    model = estimate(people, looked_at, found, keys)
    weighed = weigh(people, model, looked_at.pairs, found)
    decisions = decide(weighed, thresholds)
    chained = broken_chains(people, looked_at.pairs, decisions, keys)
    decisions[chained] = Decision.PERSON
    outdone = np.empty(0, dtype=np.int64)
    if one_to_one:
        outdone = lesser_claims(looked_at.pairs, decisions, weighed.identity)
        decisions[outdone] = Decision.PERSON
    return Linked(
        people, looked_at, found, model, weighed, thresholds, decisions, chained=chained, outdone=outdone
    )
