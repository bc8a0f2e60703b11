"""How form fields become HTML: Django's templates, but for the choices of a select.

Django includes two templates for each choice. A picker of ninety sites was half of the time that an entry
form took; what comes out is the same to the letter (`tests/unit/ui/test_form_rendering.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"


class FormRenderer(DjangoTemplates):
    """Django's renderer of forms, with selects put together here."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """A form, field or widget as HTML."""
        if template_name == SELECT and _is_plain(context["widget"]):
            return mark_safe("".join(_select(context["widget"])))  # noqa: S308 - every part is escaped below
        return super().render(template_name, context, request)


def _is_plain(widget: Mapping[str, Any]) -> bool:
    """Whether no choice has a template of its own."""
    return all(option["template_name"] == OPTION for _, group, _ in widget["optgroups"] for option in group)


def _select(widget: Mapping[str, Any]) -> Iterator[str]:
    yield f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    for name, group, _index in widget["optgroups"]:
        if name:
            yield f'\n  <optgroup label="{conditional_escape(name)}">'
        for option in group:
            value = conditional_escape(str(option["value"]))
            label = conditional_escape(option["label"])
            yield f'\n  <option value="{value}"{_attributes(option["attrs"])}>{label}</option>\n'
        if name:
            yield "\n  </optgroup>"
    yield "\n</select>"


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(str(value))}"')
        for name, value in attrs.items()
        if value is not False
    )
