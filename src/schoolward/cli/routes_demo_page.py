"""The page of ``schoolward routes demo``: one file of HTML that asks nothing of the outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from schoolward.cli.routes_fixes import in_words
from schoolward.cli.terminal import shown_number

__all__ = ["page"]

_STYLE = """
:root { color-scheme: light; --ink: #1b2426; --accent: #00566a; --hair: #c9d2d4; --warning: #a32a16; }
body { font: 16px/1.5 "Source Sans Pro", "Source Sans 3", system-ui, sans-serif; color: var(--ink);
  margin: 0 auto; max-width: 62rem; padding: 1rem; }
h1 { line-height: 1.2; margin-bottom: .25rem; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-top: 2px solid var(--accent); padding-top: .5rem; }
a { color: var(--accent); }
.invented { border: 2px solid var(--warning); color: var(--warning); padding: .5rem .75rem; }
.scroll { overflow-x: auto; }
.two { display: flex; flex-wrap: wrap; gap: 0 3rem; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid var(--hair); }
th:first-child, td:first-child, .text { text-align: left; }
img { width: 100%; max-width: 48rem; height: auto; }
footer { margin-top: 3rem; border-top: 1px solid var(--hair); padding-top: .5rem; font-size: .9rem; }
"""


def page(told: dict[str, Any]) -> str:
    """The page of a demo's figures."""
    attribution = f'<a href="{escape(told["license"])}">{escape(told["attribution"])}</a>'
    title = f"Safe routes on {escape(told['extract'])}"
    parts = [
        f"<h1>{title}</h1>",
        '<p class="invented">Invented: the schools, their pupils and their crossing guards. Real: the '
        "streets.</p>",
        f"<p>Streets: {attribution}. {told['nodes']:,} nodes, {told['edges']:,} edges.</p>",
        f"<p>{told['reachable']:,} of {told['pupils']:,} pupils of {told['schools']:,} schools have a way: "
        f"{_metres(told['shortest_m_mean'])} the shortest, {_metres(told['route_m_mean'])} the safest that "
        f"is at most 1.3 times as long, on average. All of it took {told['seconds']:.1f} seconds.</p>",
        _fixes(told["fixes"]),
        _closure(told["closure"]),
        "<h2>The schools</h2>",
        *(_school(told, number) for number in range(told["schools"])),
        _files(told),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><main>\n"
        + "\n".join(parts)
        + f"\n</main><footer>{attribution}. Counts of fewer than 11 pupils are not shown, nor those from "
        "which they could be worked out.</footer></body></html>\n"
    )


def _school(told: dict[str, Any], number: int) -> str:
    name, sheet, shed = told["names"][number], told["maps"][number], told["sheds"][number]
    within = _table(
        "Pupils within a walk",
        ("Minutes", "Pupils", "Share"),
        (
            (
                str(one["minutes"]),
                shown_number(one["pupils"]),
                "-" if one["share"] is None else f"{one['share']:.0%}",
            )
            for one in shed["within"]
        ),
    )
    curve = _table(
        "What a longer walk buys",
        ("Times the shortest", "Mean stress", "Mean meters"),
        (
            (f"{row['detour']:g}", shown_number(row["stress_mean"]), shown_number(row["length_m_mean"]))
            for row in told["tradeoff"]
            if row["school"] == shed["school"]
        ),
    )
    return (
        f"<h3>{escape(name)}</h3>\n"
        f'<img src="data:image/svg+xml;base64,{sheet["drawn"]}" alt="{escape(sheet["says"])}">\n'
        f'<p><a href="{escape(sheet["file"])}">The sheet for parents (PDF)</a></p>\n'
        f'<div class="two">{within}{curve}</div>'
    )


def _fixes(fixes: dict[str, Any]) -> str:
    said = f"<h2>Who could walk but for one barrier</h2><p>{escape(in_words(fixes))}</p>"
    if not fixes["fixes"]:
        return said + "<p>No single fix frees 11 pupils or more.</p>"
    return said + _table(
        "Single fixes that free most pupils",
        ("Where", "Fix", "Pupils freed"),
        (
            (fix["where"] or "a street without a name", fix["what"], f"{fix['frees']:,}")
            for fix in fixes["fixes"]
        ),
        texts=(1,),
    )


def _closure(closure: dict[str, Any]) -> str:
    longer = closure["longer_m_mean"]
    said = ""
    if longer is not None:
        said = f" and walk {abs(longer):,.0f} m {'more' if longer >= 0 else 'less'} on average"
    return (
        f"<h2>If {escape(closure['where'] or 'the busiest street')} were closed</h2>"
        f"<p>The street that most pupils walk, from one junction to the next: {_count(closure['affected'])} "
        f"pupils would take another way{said}; {_count(closure['lost'])} would have none. Found in "
        f"{closure['seconds'] * 1000:,.0f} ms.</p>"
    )


def _files(told: dict[str, Any]) -> str:
    files = (
        ("plan.csv", "every pupil's shortest and safest way"),
        ("streets.geojson", f"pupils by street ({told['shown']:,} streets)"),
        ("sheds.geojson", "streets within 5 to 20 minutes"),
        ("tradeoff.csv", "what a longer walk buys"),
        ("fixes.geojson", "single fixes"),
        ("schools.csv", "invented schools"),
        ("pupils.csv", "invented pupils"),
    )
    items = "".join(f'<li><a href="{name}">{name}</a>: {escape(says)}</li>' for name, says in files)
    return f"<h2>The files</h2><ul>{items}<li>network/: the network, for the other commands</li></ul>"


def _table(
    caption: str, headers: Sequence[str], rows: Iterable[Sequence[str]], *, texts: Sequence[int] = ()
) -> str:
    def cell(tag: str, place: int, value: str) -> str:
        kind = ' class="text"' if place in texts else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{kind}>{escape(value)}</{tag}>"

    head = "".join(cell("th", place, value) for place, value in enumerate(headers))
    body = "".join(
        f"<tr>{''.join(cell('td', place, value) for place, value in enumerate(row))}</tr>" for row in rows
    )
    return (
        f'<div class="scroll"><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _count(value: int | None) -> str:
    return "a number not shown" if value is None else f"{value:,}"


def _metres(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f} m"
