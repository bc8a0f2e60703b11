"""An invented instrument that shows every case, and answers to it."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from schoolward.analysis.assessing.instrument import (
    BANDS,
    Answer,
    Choice,
    Instrument,
    Item,
    Mark,
    Scale,
    Section,
)

SCALE = Scale("s", tuple(Choice(value, f"{value}") for value in (0, 1, 2, 3)), True, True)
TEN = Scale("ten", tuple(Choice(value, f"{value}") for value in range(1, 11)), True, True)
AREAS, PRINCIPLES = ("grounds", "buildings"), ("see", "access", "")


def item(code: str, **fields: object) -> Item:
    """Return an item with the given fields and harmless others."""
    plain: dict[str, object] = {
        "code": code,
        "text": f"{code} is well.",
        "area": "grounds",
        "principle": "",
        "layer": "",
        "bands": frozenset(BANDS),
        "scale": "s",
        "weight": 1.0,
        "fails_at": 1,
        "severity": "medium",
        "trade": "other",
        "estimate_cents": None,
        "recommendation": f"Mend {code}.",
        "help": "",
        "section": "one",
    }
    return Item(**{**plain, **fields})  # type: ignore[arg-type]


def instrument(*items: Item, version: str = "1") -> Instrument:
    """Return an instrument with these items in two sections."""
    return Instrument(
        key="invented",
        version=version,
        title="Invented",
        kind="other",
        valid_from=date(2012, 1, 1),
        valid_to=None,
        credit="Invented.",
        scales=(SCALE, TEN),
        sections=(Section("one", "One", ("gate", "yard")), Section("two", "Two", ("hall",))),
        items=items,
    )


MIXED = instrument(
    *(
        item(
            f"I{number}",
            area=AREAS[number % 2],
            principle=PRINCIPLES[number % 3],
            section="one" if number < 6 else "two",
            weight=(1.0, 2.0, 0.5, 0.0)[number % 4],
            scale="s" if number % 5 else "ten",
            bands=frozenset(BANDS if number % 4 else ("high",)),
            severity=("low", "urgent", "high", "medium")[number % 4],
        )
        for number in range(12)
    )
)

MARKS = st.sampled_from(Mark)


def answers_to(asked: Instrument) -> st.SearchStrategy[dict[str, Answer]]:
    """Draw answers to some items of an instrument: a rating as often as no answer or a mark."""

    def answer(one: Item) -> st.SearchStrategy[Answer | None]:
        values: list[Answer | None] = [choice.value for choice in asked.scale_of(one).choices]
        return st.sampled_from([*values, *values, *(3 * [None, *Mark])])

    drawn = st.fixed_dictionaries({one.code: answer(one) for one in asked.items})
    return drawn.map(lambda found: {code: one for code, one in found.items() if one is not None})
