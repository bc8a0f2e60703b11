"""The reference pages of measures, written from the registry itself."""

from __future__ import annotations

from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import override

from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.registry import Measure, all_measures

HEAD = "<!-- Written by `schoolward manage measure_reference`. Edit the measure, not this page. -->\n"


def pages() -> dict[str, str]:
    """File name → Markdown: one page a measure and the list of them. English, whatever the locale."""
    with override("en"):
        written = {_file_name(measure): _page(measure) for measure in all_measures()}
        return {"README.md": _list(), **written}


def write(folder: Path) -> list[Path]:
    """Write the pages and remove those of measures that are no more. Returns what changed."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    changed = []
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
            changed.append(path)
    return changed


def stale(folder: Path) -> list[str]:
    """The names of pages that differ from the registry."""
    wanted = pages()
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))


def _file_name(measure: Measure) -> str:
    return f"{slugify(measure.key.replace('.', '-'))}.md"


def _list() -> str:
    rows = "\n".join(
        f"| [`{m.key}`]({_file_name(m)}) | {m.title} | {m.unit} | {m.owner} |" for m in all_measures()
    )
    return (
        f"{HEAD}\n# Measures\n\nEvery number that Schoolward shows is one of these. Value and records "
        f"come from the same query.\n\n| Key | Title | Unit | Owner |\n|---|---|---|---|\n{rows}\n"
    )


def _page(measure: Measure) -> str:
    facts = [
        ("Key", f"`{measure.key}`"),
        ("Definition's version", str(measure.version)),
        ("Partnership's code", measure.code),
        ("Unit", measure.unit),
        ("Owner", measure.owner),
        ("Record class", measure.record_class),
        ("Numerator", str(measure.numerator)),
        ("Denominator", str(measure.denominator) or "none: a plain count"),
        ("Asked about", "how things stood at the end of a day" if measure.at_a_day else "a period"),
        ("Smallest count shown", str(measure.minimum_count) if measure.minimum_count else "no limit"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in facts if value)
    text = f"{HEAD}\n# {measure.title}\n\n{measure.definition}\n\n| | |\n|---|---|\n{table}\n"
    if measure.example is None:
        return text
    example = measure.example
    start, end, as_of = example.period
    asked = f"from {start or 'the beginning'} to {end or 'the end'}, as of {as_of}"
    value = "no value" if example.value is None else f"**{example.value:g}**"
    counted = ", ".join(f"`{label}`" for label in example.records) or "none"
    return (
        text
        + f"\n## Worked example\n\n{_markdown(example.rows)}\n\nAsked {asked}: {value}. Records: {counted}.\n"
    )


def _markdown(table: str) -> str:
    rows = parse(table)
    header = list(rows[0]) if rows else []
    lines = [header, ["---"] * len(header), *([row[name] for name in header] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
