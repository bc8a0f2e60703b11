"""What linking found as JSON: ids, weights and levels of agreement, and no name, day or address."""

from __future__ import annotations

from typing import Any

from schoolward.analysis.linkage.deciding import WORDS, Decision
from schoolward.analysis.linkage.levels import COMPARISONS, KIN_ENOUGH, MISSING
from schoolward.analysis.linkage.linking import Link, Linked


def linked_json(linked: Linked, *, all_pairs: bool = False) -> dict[str, Any]:
    """Return everything that was found; pairs that are different only with `all_pairs`."""
    shown = [Decision.SAME, Decision.PERSON, *([Decision.DIFFERENT] if all_pairs else [])]
    people = linked.people
    second = len(people) - people.first if people.two_files else None
    return {
        "records": {"a": people.first, "b": second},
        "thresholds": {
            "precision": linked.thresholds.precision,
            "same_weight": round(linked.thresholds.same_bits, 2),
            "same_kin_points": KIN_ENOUGH,
            "review": linked.thresholds.review,
            "review_weight": round(linked.thresholds.review_bits, 2),
        },
        "counts": {WORDS[decision]: linked.count(decision) for decision in reversed(Decision)},
        "pairs": [link_json(link) for link in linked.links(*shown)],
        "blocking": [
            {
                "rule": found.rule,
                "pairs": found.pairs,
                "left_out_blocks": found.left_out_blocks,
                "left_out_pairs": found.left_out_pairs,
            }
            for found in linked.candidates.found
        ],
        "model": {
            "prior_weight": round(linked.model.prior, 2),
            "fields": [
                {
                    "field": comparison.field,
                    "levels": [
                        {
                            "level": level.name,
                            "matched": float(linked.model.matched[place][number]),
                            "unmatched": float(linked.model.unmatched[place][number]),
                            "weight": round(float(linked.model.weights()[place][number]), 2),
                            "kin": level.kin,
                        }
                        for number, level in enumerate(comparison.levels)
                        if number != MISSING
                    ],
                }
                for place, comparison in enumerate(COMPARISONS)
            ],
        },
    }


def link_json(link: Link) -> dict[str, Any]:
    """Return one pair."""
    return {
        "a": link.left,
        "b": link.right,
        "decision": WORDS[link.decision],
        "weight": round(link.weight, 2),
        "household_weight": round(link.household, 2),
        "kin_points": link.kin,
        "why": link.why,
        "fields": [
            {
                "field": fact.field,
                "agreement": fact.level,
                "weight": round(fact.weight, 2),
                "kin_points": fact.kin,
            }
            for fact in link.facts
        ],
    }
