"""The reference page of tables, drawn from what the domains declare."""

from __future__ import annotations

from collections.abc import Iterator

from schoolward.platform.exchange.columns import Column
from schoolward.platform.exchange.registry import Exchange, all_exchanges


def tables_page() -> str:
    """``docs/reference/tables.md``: every table, with the columns of each layout."""
    lines = [
        "# Tables",
        "",
        "Written by `schoolward manage exchange_reference`. Edit the table's `exchange.py`, not this page.",
        "",
        "`schoolward import KEY FILE` reads a table and `schoolward export KEY` writes it; the page",
        "**Imports and exports** does both. Headers are found whatever their case, spaces and punctuation.",
        "A row that lacks a required value is rejected by its number; the others are not affected.",
    ]
    for exchange in all_exchanges():
        lines += _table(exchange)
    return "\n".join([*lines, ""])


def _table(exchange: Exchange) -> Iterator[str]:
    yield from ("", f"## {exchange.title} (`{exchange.key}`)")
    if exchange.description:
        yield from ("", str(exchange.description))
    yield from ("", f"To bring it in takes the permission `{exchange.permission}`.")
    if exchange.can_export:
        yield f"To take it out takes `{exchange.export_permission}`."
    else:
        yield "It is not exported."
    for choice in exchange.choices:
        yield from ("", f"{choice.title} (`{choice.option}`):", "")
        if not choice.values:
            yield "- free text (the default: blank)"
        for value, title in choice.values:
            yield f"- `{value}`: {title}" + (" (the default)" if value == choice.default else "")
    for layout in exchange.layouts():
        if not layout.columns:
            continue
        if layout.key:
            yield from ("", f"### {layout.title} (`{layout.key}`)")
        yield from (
            "",
            "| column | what it holds | required | also read as | example |",
            "|---|---|---|---|---|",
        )
        yield from map(_row, layout.columns)


def _row(column: Column) -> str:
    also = ", ".join(f"`{alias}`" for alias in column.aliases)
    cells = (
        f"`{column.name}`",
        str(column.help),
        "yes" if column.required else "",
        also,
        column.example,
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
