"""The reference page of instruments, drawn from their files."""

from collections.abc import Iterable, Iterator, Sequence

from schoolward.analysis.assessing.crosswalk import Crosswalk, Place
from schoolward.analysis.assessing.shapes import BANDS, Instrument, Item, Scale


def instruments_page(instruments: Iterable[Instrument], crosswalks: Iterable[Crosswalk]) -> str:
    """Return `docs/reference/instruments.md`: what each instrument asks, and what a failed item costs."""
    lines = [
        "# Instruments",
        "",
        "Written by `make docs` from `src/schoolward/domains/assessments/instruments`: edit the files there.",
        "[Write an instrument](../how-to/write-an-instrument.md) tells what stands in them.",
        "Estimates are assumed for planning, and give way to a quotation.",
    ]
    for instrument in instruments:
        lines += _instrument(instrument)
    lines += ["", "## Crosswalks"]
    for crosswalk in crosswalks:
        lines += _crosswalk(crosswalk)
    return "\n".join([*lines, ""])


def _instrument(instrument: Instrument) -> Iterator[str]:
    until = f" to {instrument.valid_to}" if instrument.valid_to else ""
    yield from ("", f"## {instrument.title} (`{instrument.key}`, version {instrument.version})")
    yield from (
        "",
        f"Kind `{instrument.kind}`, valid from {instrument.valid_from}{until}. {instrument.credit}",
        "",
    )
    by_band = ", ".join(f"{band} {len(instrument.items_for(band))}" for band in BANDS)
    count = f"{len(instrument.items)} items in {len(instrument.sections)} sections"
    yield f"{count}; by band of grades: {by_band}."
    for scale in instrument.scales:
        yield from ("", _scale(scale))
    yield from _counts(instrument)
    for section in instrument.sections:
        zones = ", ".join(instrument.terms[zone] for zone in section.zones)
        yield from ("", f"### {section.title}" + (f" ({zones})" if zones else ""))
        yield from (
            "",
            "| item | statement | fails at | severity | trade | estimate |",
            "|---|---|---|---|---|---|",
        )
        yield from (_row(item) for item in instrument.items if item.section == section.key)


def _scale(scale: Scale) -> str:
    choices = "; ".join(f"{choice.value} {choice.label}" for choice in scale.choices)
    marks = [
        name
        for name, allowed in (
            ("does not exist", scale.may_not_exist),
            ("unable to observe", scale.may_be_unobserved),
        )
        if allowed
    ]
    return f"Scale `{scale.key}`: {choices}." + (f" Or: {', '.join(marks)}." if marks else "")


def _counts(instrument: Instrument) -> Iterator[str]:
    """Items by area (rows) and principle (columns)."""
    areas = list(dict.fromkeys(item.area for item in instrument.items))
    principles = list(dict.fromkeys(item.principle for item in instrument.items if item.principle))
    heads = [instrument.terms[principle] for principle in principles]
    yield from ("", "| area | " + " | ".join([*heads, "items"]) + " |", "|---" * (len(heads) + 2) + "|")
    for area in areas:
        inside = [item for item in instrument.items if item.area == area]
        yield _cells(instrument.terms.get(area, "without an area"), inside, principles)
    yield _cells("all", instrument.items, principles)


def _cells(name: str, items: Sequence[Item], principles: Sequence[str]) -> str:
    counts = [sum(item.principle == principle for item in items) for principle in principles]
    return "| " + " | ".join([name, *(str(count) for count in [*counts, len(items)])]) + " |"


def _row(item: Item) -> str:
    bands = "" if item.bands == frozenset(BANDS) else f" ({', '.join(b for b in BANDS if b in item.bands)})"
    fails = item.fails_at is not None
    cells = (
        item.code,
        item.text + bands,
        str(item.fails_at) if fails else "never by itself",
        item.severity if fails else "",
        item.trade if fails else "",
        "" if item.estimate_cents is None else f"${item.estimate_cents / 100:,.0f}",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _crosswalk(crosswalk: Crosswalk) -> Iterator[str]:
    yield from ("", f"### {crosswalk.title} (`{crosswalk.key}`)")
    theirs = {outside.edition for outside in crosswalk.outside}
    between = [link for link in crosswalk.links if link.target.edition not in theirs]
    if between:
        yield from ("", "| item | what it is | to |", "|---|---|---|")
    for link in between:
        yield f"| {_named(link.source)} | {link.relation} | {_named(link.target)} |"
    for outside in crosswalk.outside:
        yield from ("", f"{outside.title}. {outside.credit}", "", "| name | items of ours |", "|---|---|")
        for code, name in outside.names.items():
            ours = [
                _named(link.source)
                for link in crosswalk.links
                if link.target.edition == outside.edition and link.target.code == code
            ]
            yield f"| {name} | {', '.join(ours) or 'none'} |"


def _named(place: Place) -> str:
    return f"{place.code} ({place.edition.key})"
