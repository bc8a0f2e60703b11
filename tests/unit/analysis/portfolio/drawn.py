"""Random small instances with every kind of rule. Everything is invented."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

SITES = ("north", "south", "west")
KINDS = ("locks", "lights", "training")


@st.composite
def instances(
    draw: st.DrawFn, *, most: int = 5, shared: bool = False, demanding: bool = True
) -> dict[str, Any]:
    """Draw an instance as JSON, with at most `most` candidates."""
    count = draw(st.integers(1, most))
    names = [f"c{number}" for number in range(count)]
    cents = st.one_of(st.integers(1, 40).map(lambda dollars: dollars * 100), st.integers(0, 4000))
    some_sites = st.lists(st.sampled_from(SITES), unique=True, min_size=1)
    funds = [
        {
            "id": f"f{number}",
            "amount": draw(st.integers(0, 9000)),
            "categories": draw(st.lists(st.sampled_from(KINDS), unique=True, min_size=1)),
            "sites": draw(st.none() | some_sites),
            "expires": draw(st.sampled_from(("2026-02-01", "2026-06-01", "2027-01-01"))),
            "match_rate": draw(st.sampled_from((0, 0, 0.25, 0.333, 0.1))),
            **(
                {"category_max": {draw(st.sampled_from(KINDS)): draw(st.integers(0, 5000))}}
                if draw(st.integers(0, 4)) == 0
                else {}
            ),
        }
        for number in range(draw(st.integers(1, 3)))
    ]
    candidates = []
    for number, name in enumerate(names):
        candidate: dict[str, Any] = {
            "id": name,
            "site": draw(st.sampled_from(SITES)),
            "category": draw(st.sampled_from(KINDS)),
            "cost": draw(cents),
            "benefit": draw(st.integers(0, 60)) / 4,
            "lead_days": draw(st.sampled_from((0, 10, 17, 18, 200))),
        }
        others = names[:number] + names[number + 1 :]
        if others and draw(st.integers(0, 5)) == 0:
            candidate["requires"] = [draw(st.sampled_from(others))]
        if others and draw(st.integers(0, 5)) == 0:
            candidate["conflicts"] = [draw(st.sampled_from(others))]
        if draw(st.integers(0, 3)) == 0:
            candidate["bundle"] = draw(st.sampled_from(("a", "b")))
        if draw(st.integers(0, 4)) == 0:
            candidate["options"] = [
                {"fund": fund["id"], "cost": draw(cents), "benefit": draw(st.integers(0, 60)) / 4}
                for fund in draw(st.lists(st.sampled_from(funds), unique_by=lambda one: one["id"]))
            ]
        candidates.append(candidate)
    instance: dict[str, Any] = {
        "funds": funds,
        "candidates": candidates,
        "equity": [],
        "match_available": draw(st.sampled_from((None, 0, 500, 5000))),
        "today": "2026-01-15",
    }
    if draw(st.booleans()):
        weights = {name: draw(st.sampled_from((0.5, 1, 2.25))) for name in names}
        instance["limits"] = [
            {"name": "hours", "weights": weights, "max": draw(st.sampled_from((1, 2.75, 9)))}
        ]
    if draw(st.booleans()):
        instance["site_max"] = {draw(st.sampled_from(SITES)): draw(st.integers(0, 8000))}
    if draw(st.booleans()):
        sites = draw(some_sites)
        instance["equity"] = [{"sites": sites, "share": draw(st.sampled_from((0.1, 0.3333, 0.5, 1)))}]
    if demanding and draw(st.booleans()):
        instance["site_min"] = {draw(st.sampled_from(SITES)): draw(st.sampled_from((1, 500, 3000)))}
    if demanding and draw(st.integers(0, 3)) == 0:
        instance["locked_in"] = [draw(st.sampled_from(names))]
    if draw(st.integers(0, 3)) == 0:
        instance["locked_out"] = [draw(st.sampled_from(names))]
    if shared:
        instance["split"] = draw(st.booleans())
        if len(funds) > 1 and draw(st.booleans()):
            instance["transfers"] = [
                {"funds": [fund["id"] for fund in funds[:2]], "max": draw(st.integers(0, 4000))}
            ]
    return instance
