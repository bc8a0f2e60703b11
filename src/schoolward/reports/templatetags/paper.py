"""A paper's runs as HTML: numbers that open, sources that are named."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from schoolward.reports.content import Run

register = template.Library()


@register.simple_tag(takes_context=True)
def runs(context: template.Context, parts: list[Run]) -> SafeString:
    """The runs of a paragraph, a bullet or a table's cell."""
    return format_html_join("", "{}", ((_run(context, part),) for part in parts))


def _run(context: template.Context, part: Run) -> SafeString:
    if "cell" in part:
        return _number(context, part)
    if "source" in part:
        return format_html(
            '<sup class="paper-mark"><a href="#source-{0}" aria-label="{1}">{0}</a></sup>',
            part["source"],
            _("Source %(key)s") % {"key": part["source"]},
        )
    if "strong" in part:
        return format_html("<strong>{}</strong>", part["strong"])
    return format_html("{}", part.get("text", ""))


def _number(context: template.Context, part: Run) -> SafeString:
    """The number as a button; the card that it opens names the measure and leads to the records.

    The card is the browser's own popover: it opens by tap, click and keyboard without a script.
    """
    cell: dict[str, Any] = context["cells"][part["cell"]]
    # The same number may stand twice on a page; each place needs an id of its own.
    places: dict[int, int] = context["places"]
    places[cell["id"]] = places.get(cell["id"], 0) + 1
    card = f"number-{cell['id']}-{places[cell['id']]}"
    facts = " · ".join(str(fact) for fact in (cell["parts"], cell["period"], cell["scope"]) if fact)
    return format_html(
        '<button type="button" class="paper-number" popovertarget="{card}" title="{title}">{shown}'
        '<sup class="paper-mark" aria-hidden="true">{id}</sup></button>'
        '<span popover id="{card}" class="paper-card"><strong>{title}: {value}</strong>'
        "<span>{facts}</span>{lineage}</span>",
        card=card,
        title=cell["title"],
        shown=format_html("<strong>{}</strong>", part["text"]) if part.get("bold") else part["text"],
        value=part["text"],
        id=cell["id"],
        facts=facts,
        lineage=_lineage(cell),
    )


def _lineage(cell: dict[str, Any]) -> SafeString:
    """How many records stand behind the number, and the way to them; nothing where there are none."""
    if not cell["trace"]:
        return mark_safe("")
    return format_html(
        '<span>{}</span><a href="{}">{}</a>',
        _("%(count)s records") % {"count": cell["records_shown"]},
        cell["url"],
        _("Open the records"),
    )


@register.simple_tag(takes_context=True)
def chart(context: template.Context, file: str) -> SafeString:
    """A chart's SVG, as it was drawn by us."""
    return mark_safe(context["charts"].get(file, ""))  # noqa: S308 - our own drawing, escaped there


@register.filter
def entries(block: dict[str, Any]) -> list[Any]:
    """A block's ``items``, which a template would otherwise take for the dictionary's own."""
    return list(block["items"])


@register.filter
def cells_of(row: list[list[Run]], block: dict[str, Any]) -> list[tuple[dict[str, str], list[Run]]]:
    """A table row's cells, each with its column."""
    return list(zip(block["columns"], row, strict=True))
