"""Forms that say what an award may buy, and of works what a plan needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.wording import TRADES
from schoolward.domains.funding.models import FactKind, LinkKind
from schoolward.domains.funding.queries import FOR_WORKS
from schoolward.domains.grants.forms.fields import DollarsField, area, number_choice
from schoolward.domains.grants.wording import category_label
from schoolward.domains.places import queries as places
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer

Choices = Iterable[tuple[Any, Any]]
WHY = _("Why")
WHY_HELP = _("Whoever reads this later needs to know.")


class ScopeForm(forms.Form):
    """What an award may buy in a plan."""

    takes_part = forms.BooleanField(label=_("Plans may use what is left of it"), required=False)
    trades = forms.MultipleChoiceField(
        label=_("For work of these trades"),
        help_text=_("None ticked: every trade."),
        choices=TRADES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    campuses = forms.TypedMultipleChoiceField(
        label=_("At these sites"),
        help_text=_("None ticked: every site."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        required=False,
    )
    reason = area(_("Where it is written, or why not"), _("Such as: award letter, page 3."), most=300)

    def __init__(self, *args: Any, lines: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {f"line_{line.pk}": line for line in lines if line.category in FOR_WORKS}
        for name, line in self.lines.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=_("Line %(line)s was budgeted for work of") % {"line": line},
                help_text=_("None ticked: all that the award may buy."),
                choices=TRADES,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.order_fields(["takes_part", "trades", *self.lines, "campuses", "reason"])
        field: Any = self.fields["campuses"]
        field.choices = list(places.campuses().order_by("name").values_list("pk", "name"))

    def arguments(self) -> dict[str, Any]:
        """The fields by the names of the action."""
        values = dict(self.cleaned_data)
        values["campus_ids"] = values.pop("campuses")
        values["line_trades"] = {line.code: values.pop(name) for name, line in self.lines.items()}
        return values


class FactForm(forms.Form):
    """One fact of a work, said instead of the default."""

    value = forms.CharField(label=_("Value"), max_length=80)
    reason = area(WHY, WHY_HELP, most=300)

    def __init__(self, *args: Any, fact: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = FactKind(fact).label
        if fact == FactKind.CATEGORY:
            choices = sorted(((one, category_label(one)) for one in FOR_WORKS), key=lambda pair: pair[1])
            self.fields["value"] = forms.ChoiceField(label=label, choices=choices)
        else:
            helps = {
                FactKind.LEAD_DAYS: _("Whole days from the plan's day until the work is done."),
                FactKind.BENEFIT: _("Risk points, from 0 on. An urgent finding is worth 588, a low one 30."),
                FactKind.BUNDLE: _("Works with the same word are paid together or not at all."),
            }
            self.fields["value"].label = label
            self.fields["value"].help_text = helps[FactKind(fact)]
            if fact in (FactKind.LEAD_DAYS, FactKind.BENEFIT):
                self.fields["value"].widget.attrs["inputmode"] = "decimal"


class TieForm(forms.Form):
    """How a work depends on another."""

    called_here = {"other": "other_id"}

    kind = forms.ChoiceField(label=_("It"), choices=LinkKind.choices, widget=forms.RadioSelect)
    other_id = forms.CharField(
        label=_("Reference of the other work"),
        help_text=_("As it stands on the other work's page."),
        max_length=30,
    )
    reason = area(WHY, WHY_HELP, most=300)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_other_id(self) -> int:
        """The work that is named, if the viewer sees it."""
        return work_named(self.viewer, self.cleaned_data["other_id"])


class PriceForm(forms.Form):
    """What a work costs where one budget line pays it."""

    called_here = {"line": "line_id", "cost": "cost_cents"}

    line_id = number_choice(_("Budget line"), _("From then on only lines with a price may pay this work."))
    cost_cents = DollarsField(label=_("What it costs there"))
    benefit = forms.FloatField(
        label=_("Risk points that it brings there"),
        help_text=_("Leave empty where it brings the same."),
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    reason = area(WHY, WHY_HELP, most=300)

    def __init__(self, *args: Any, lines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line_id"]
        field.choices = [("", _("Choose")), *lines]


class BundleForm(forms.Form):
    """Works that are paid together or not at all."""

    called_here = {"value": "bundle", "works": "references"}

    references = forms.CharField(
        label=_("References of the works"),
        help_text=_("At least two, with commas or spaces between."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    bundle = forms.CharField(label=_("A word for the bundle"), max_length=80)
    reason = area(WHY, WHY_HELP, most=300)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_references(self) -> list[int]:
        """The works that are named, if the viewer sees them."""
        return [work_named(self.viewer, name) for name in names_in(self.cleaned_data["references"])]


def names_in(text: str) -> list[str]:
    """The references in a text, each once, in order."""
    return list(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))


def work_named(viewer: Viewer, name: str) -> int:
    """The number of the work of this reference. Raises ``ValidationError`` where the viewer sees none."""
    found = (
        work.work_items(viewer).filter(reference__iexact=name.strip()).values_list("pk", flat=True).first()
    )
    if found is None:
        raise forms.ValidationError(_("There is no work “%(name)s”."), params={"name": name.strip()})
    return int(found)
