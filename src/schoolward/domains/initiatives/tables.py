"""The list of initiatives, with how each stands."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.models import COLOURS, Initiative, Kind
from schoolward.domains.initiatives.queries import Standing
from schoolward.domains.initiatives.rag import Colour
from schoolward.platform.ui.tables import DayColumn, Table, chip

TONE_OF_COLOUR: dict[str, str] = {
    Colour.GREEN: "good",
    Colour.AMBER: "watch",
    Colour.RED: "bad",
    Colour.GREY: "stale",
}
_LABELS = dict(COLOURS)


def colour_chip(colour: str) -> SafeString:
    """The color as a chip: a word and a shape, so that color is never alone."""
    return chip(str(_LABELS[Colour(colour)]), TONE_OF_COLOUR[colour])


class InitiativeTable(Table):
    """One row an initiative. ``standings`` maps each one's number to how it stands."""

    number = django_tables2.Column(verbose_name=_("No."))
    title = django_tables2.Column(
        verbose_name=_("Initiative, program or body"),
        linkify=("initiatives:detail", {"key": django_tables2.A("key")}),
    )
    kind = django_tables2.Column(verbose_name=_("Kind"))
    colour = django_tables2.Column(verbose_name=_("Stands"), empty_values=(), orderable=False)
    sentence = django_tables2.Column(verbose_name=_("Why"), empty_values=(), orderable=False)
    percent = django_tables2.Column(verbose_name=_("Complete"), empty_values=(), orderable=False)
    owner_role = django_tables2.Column(verbose_name=_("Answers for it"))
    due = DayColumn(verbose_name=_("Due"))

    class Meta(Table.Meta):
        model = Initiative
        fields: tuple[str, ...] = ()
        sequence = ("number", "title", "kind", "colour", "sentence", "percent", "owner_role", "due")

    standings: dict[int, Standing] = {}

    def _standing(self, record: Initiative) -> Standing | None:
        return None if record.kind == Kind.BODY else self.standings.get(record.pk)

    def render_colour(self, record: Initiative) -> SafeString | str:
        stood = self._standing(record)
        return colour_chip(stood.colour) if stood else "–"  # noqa: RUF001

    def value_colour(self, record: Initiative) -> str:
        stood = self._standing(record)
        return str(stood.colour) if stood else ""

    def render_sentence(self, record: Initiative) -> str:
        stood = self._standing(record)
        return stood.sentence if stood else record.cadence

    def render_percent(self, record: Initiative) -> str:
        stood = self._standing(record)
        return "–" if stood is None or stood.percent is None else f"{stood.percent}%"  # noqa: RUF001

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)
