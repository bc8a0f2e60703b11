"""Invented districts that look for the best use of what is left in their grants, in the plan's own format.

Everything is drawn: no fund, site or work of a real district. The same seed draws the same instance.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from schoolward.analysis.portfolio import Instance

TODAY = date(2026, 1, 15)
CATEGORIES = (
    "locks",
    "lighting",
    "fencing",
    "cameras",
    "alarms",
    "notification",
    "training",
    "coordination",
    "landscaping",
    "doors",
    "signs",
    "programmes",
)


def district(candidates: int, sites: int, seed: int, *, funds: int = 8, budget: float = 0.3) -> Instance:
    """Draw an instance whose funds hold a `budget` share of what all candidates cost.

    Eligibility by category, site and date, match, a least and a most for each site, two equity floors, caps
    by category, crew hours, prerequisites, conflicts and bundles.
    """
    draw = np.random.default_rng(seed)
    cost = np.round(np.exp(draw.normal(9.6, 0.9, candidates))).astype(int) * 100 + draw.integers(
        0, 100, candidates
    )
    site = draw.integers(0, sites, candidates)
    category = draw.integers(0, len(CATEGORIES), candidates)
    need = draw.gamma(2.0, 1.0, sites)
    benefit = np.round(
        (cost / 100) ** 0.8 * draw.lognormal(0, 0.5, candidates) * (0.5 + need[site] / 4) / 100, 3
    )
    lead = draw.integers(10, 400, candidates)
    share = draw.dirichlet(np.full(funds, 4.0))
    pots = []
    for number in range(funds):
        taken = sorted(draw.choice(len(CATEGORIES), size=int(draw.integers(3, 6)), replace=False))
        local = None if number % 3 else sorted(draw.choice(sites, size=sites * 3 // 4, replace=False))
        pots.append(
            {
                "id": f"fund {number}",
                "amount": int(share[number] * budget * cost.sum()),
                "categories": [CATEGORIES[one] for one in taken],
                "sites": None if local is None else [f"site {one}" for one in local],
                "expires": (TODAY + timedelta(days=int(draw.integers(150, 900)))).isoformat(),
                "match_rate": [0.0, 0.25, 0.0, 0.1][number % 4],
                "category_max": {CATEGORIES[taken[0]]: int(share[number] * budget * cost.sum() * 0.4)},
            }
        )
    hours = np.round(cost / 100 / 150 * draw.lognormal(0, 0.3, candidates), 1)
    trades = {"electricians' hours": (1, 3, 4), "carpenters' hours": (0, 2, 9)}
    works = []
    for number in range(candidates):
        work = {
            "id": f"work {number}",
            "site": f"site {site[number]}",
            "category": CATEGORIES[category[number]],
            "cost": int(cost[number]),
            "benefit": float(benefit[number]),
            "lead_days": int(lead[number]),
        }
        if number > 20 and draw.random() < 0.05:
            work["requires"] = [f"work {int(draw.integers(0, number))}"]
        if number > 20 and draw.random() < 0.05:
            work["conflicts"] = [f"work {int(draw.integers(0, number))}"]
        if draw.random() < 0.03:
            work["bundle"] = f"bundle {number // 40}"
        works.append(work)
    by_need = np.argsort(-need)
    at_site = np.bincount(site, weights=cost, minlength=sites)
    return Instance.model_validate_json(
        _json(
            {
                "funds": pots,
                "candidates": works,
                "limits": [
                    {
                        "name": name,
                        "weights": {
                            f"work {one}": float(hours[one])
                            for one in range(candidates)
                            if category[one] in kinds
                        },
                        "max": round(float(hours[np.isin(category, kinds)].sum()) * budget * 0.8, 1),
                    }
                    for name, kinds in trades.items()
                ],
                # One cent at least: something is done at every site where something can be done.
                "site_min": {f"site {one}": 1 for one in range(sites)},
                "site_max": {f"site {one}": int(at_site[one] * budget * 1.6) for one in range(sites)},
                "equity": [
                    {"sites": [f"site {one}" for one in by_need[: sites * 2 // 5]], "share": 0.5},
                    {"sites": [f"site {one}" for one in by_need[-(sites // 4) :]], "share": 0.12},
                ],
                "match_available": int(budget * cost.sum() * 0.06),
                "today": TODAY.isoformat(),
            }
        )
    )


def _json(value: object) -> str:
    import json

    return json.dumps(value)
