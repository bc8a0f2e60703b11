"""The first questions of a form as HTML, so that a page can show them before any script has run.

What is written here is what the browser's side builds (``frontend/forms/questions.js``, ``fields.js``),
element by element: it takes these over as they are (``frontend/forms/given.js``), and a test holds them
against each other. So only what is plain is written: a choice of one from few, and the groups around. At
anything else that a person would see, it stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any

from .session import Program, Session, Sources
from .session.tree import Instance

AT_FIRST = 4
"""So many fill a phone's screen."""
MOST_BUTTONS = 15
_FOLDED = re.compile(r"(^|\s)folded(\s|$)")
_LIST = re.compile("minimal|autocomplete")


def first_questions(program: Program) -> str:
    """The first questions of a new form; nothing where they are not plain, or in several languages.

    They are those of a form that nobody has answered: the page brings them in line with what it knows.
    """
    if len(program.form.get("languages", [""])) > 1:
        return ""
    # Nothing that is written depends on the time or on chance: what does is not plain.
    session = Session(program, Sources(now=datetime(2000, 1, 1, tzinfo=UTC)))
    writer = _Writer(session)
    inside = "".join(writer.controls(program.form.get("body", [])))
    if not writer.written:
        return ""
    language = program.form.get("languages", [""])[0]
    top = f'class="filling-group" data-group="filling-top" data-language="{escape(language)}"'
    return f"<div {top}>{inside}</div>"


def _choice(name: str, key: str, value: str, label: str | None) -> str:
    return (
        f'<input class="filling-choice" type="radio" name="{name}" id="{key}" value="{value}">'
        f'<label class="filling-choice__label" for="{key}">{label or value}</label>'
    )


def _is_readonly(instance: Instance) -> bool:
    above: Instance | None = instance
    while above is not None and not above.readonly:
        above = above.parent
    return above is not None


class _Writer:
    """Writes controls in their order until there are enough, or one is not plain."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._program = session.program
        self.written = 0
        self._is_at_end = False

    def controls(self, numbers: list[int]) -> Iterator[str]:
        """What is shown of some controls."""
        for number in numbers:
            if self._is_at_end or self.written >= AT_FIRST:
                return
            control = self._program.controls[number]
            if control["kind"] == "group":
                yield self._group(number, control)
            elif not _FOLDED.search(control.get("appearance", "")):
                yield self._question(number, control)

    def _instance(self, control: dict[str, Any]) -> Instance | None:
        """The one instance of a control's node; none where a repeat lies around."""
        node = control["node"]
        layout = self._program.layout
        found: Any = self._session.root
        for step in layout.chain(0, node):
            found = found.kids[step]
            if not isinstance(found, Instance):
                return None
        return found

    def _stop(self) -> str:
        self._is_at_end = True
        return ""

    def _group(self, number: int, control: dict[str, Any]) -> str:
        if "node" in control:
            instance = self._instance(control)
            if instance is None:
                return self._stop()
            if not instance.live:
                return ""
        label = self._plain(control.get("label"))
        if label is None:
            return self._stop()
        inside = "".join(self.controls(control.get("children", [])))
        if not inside:
            return self._stop()
        start = f'class="filling-group" data-group="filling-q{number}"'
        if not control.get("label"):
            return f"<div {start}>{inside}</div>"
        return (
            f'<fieldset {start}><legend class="filling-legend">{label}</legend><div>{inside}</div></fieldset>'
        )

    def _question(self, number: int, control: dict[str, Any]) -> str:
        instance = self._instance(control) if "node" in control else None
        if instance is None:
            return self._stop()
        if not instance.live:
            return ""
        label, hint = self._plain(control.get("label")), self._plain(control.get("hint"))
        items = control.get("items", [])
        names = [self._plain(item.get("label")) for item in items]
        is_plain = control["kind"] == "select1" and "itemset" not in control and not _is_readonly(instance)
        is_few = len(items) <= MOST_BUTTONS and not _LIST.search(control.get("appearance", ""))
        if not (is_plain and is_few) or not label or hint is None or None in names or instance.base:
            return self._stop()
        self.written += 1
        own = f"filling-q{number}"
        told = f' aria-describedby="{own}-hint"' if control.get("hint") else ""
        star = '<abbr class="filling-star" title="required"> *</abbr>' if instance.required else ""
        hinted = f'<span class="filling-hint" id="{own}-hint">{hint}</span>' if control.get("hint") else ""
        choices = "".join(
            _choice(own, f"{own}-{place}", escape(item["value"]), name)
            for place, (item, name) in enumerate(zip(items, names, strict=True))
        )
        required = ' data-required=""' if instance.required else ""
        return (
            f'<fieldset class="filling-question" data-question="{own}"{told}>'
            f'<legend class="filling-label">{label}{star}</legend>{hinted}'
            f'<div class="filling-choices"{required}>{choices}</div></fieldset>'
        )

    def _plain(self, text: dict[str, Any] | None) -> str | None:
        """A text in the form's only language, escaped; ``None`` where it is more than a text."""
        language = self._program.form.get("languages", [""])[0]
        wording = (text or {}).get(language, (text or {}).get("", ""))
        return escape(wording) if isinstance(wording, str) else None
