"""Forms that make plans and ask scenarios of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from schoolward.domains.funding.actions import Floor, Question
from schoolward.domains.funding.forms.describing import names_in
from schoolward.domains.funding.models import Plan
from schoolward.domains.funding.telling import line_name
from schoolward.domains.grants.forms.fields import DollarsField

SPARE_SITES = 3
"""How many further sites can be given a least or a most at once."""


class PlanForm(forms.Form):
    """The title of a plan."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("Such as: What is left in fall."))


class LockForm(forms.Form):
    """Which work is locked in, or out."""

    lock_in = forms.CharField(max_length=60, required=False)
    lock_out = forms.CharField(max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        values: dict[str, Any] = super().clean() or {}
        if bool(values.get("lock_in")) == bool(values.get("lock_out")):
            raise forms.ValidationError(_("Choose one work, to lock in or out."))
        return values


class ScenarioForm(forms.Form):
    """A question to a plan. Sites with a least or a most, and floors, stand in as many rows as there are."""

    called_here = {"site_min": "least_0", "site_max": "most_0", "equity": "floor_percent_0"}

    title = forms.CharField(label=_("Title"), max_length=200)
    share_percent = forms.IntegerField(
        label=_("Share of the budget, in percent"),
        help_text=_("100 uses all that is left of every line."),
        min_value=0,
        max_value=100,
    )
    match_available_cents = DollarsField(
        label=_("Match money there is"),
        help_text=_("Leave empty for as much as it takes."),
        least=0,
        required=False,
    )
    funds_out = forms.MultipleChoiceField(
        label=_("Lines that pay nothing in this scenario"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    locked_in = forms.CharField(
        label=_("Works that must be paid"),
        help_text=_("References, with commas or spaces between."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    locked_out = forms.CharField(
        label=_("Works that must not be paid"),
        help_text=_("References, with commas or spaces between."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    may_split = forms.BooleanField(label=_("Several lines may share the cost of one work"), required=False)

    def __init__(self, *args: Any, plan: Plan, question: Question, **kwargs: Any) -> None:
        self.plan, self.question = plan, question
        self.sites = dict(
            sorted(
                {(row["campus_slug"], row["campus_name"]) for row in plan.references["candidates"].values()},
                key=lambda pair: pair[1],
            )
        )
        # A site that was asked for may have no candidate; it is kept.
        for slug in {*question.site_min, *question.site_max, *(s for f in question.equity for s in f.sites)}:
            self.sites.setdefault(slug, slug)
        kwargs["initial"] = {**_initial(question), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        funds: Any = self.fields["funds_out"]
        funds.choices = [
            (key, line_name(fund)) for key, fund in plan.references["funds"].items() if not fund["no_part"]
        ]
        self.site_count = len({*question.site_min, *question.site_max}) + SPARE_SITES
        self.floor_count = len(question.equity) + 1
        for number in range(self.site_count):
            self._add_site(number)
        for number in range(self.floor_count):
            self._add_floor(number)

    def _add_site(self, number: int) -> None:
        choices = [("", _("No site")), *self.sites.items()]
        self.fields[f"site_{number}"] = forms.ChoiceField(label=_("Site"), choices=choices, required=False)
        self.fields[f"least_{number}"] = DollarsField(label=_("At least there"), least=0, required=False)
        self.fields[f"most_{number}"] = DollarsField(label=_("At most there"), least=0, required=False)

    def _add_floor(self, number: int) -> None:
        self.fields[f"floor_percent_{number}"] = forms.FloatField(
            label=_("At least this percent of what is spent"),
            min_value=0,
            max_value=100,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )
        self.fields[f"floor_name_{number}"] = forms.CharField(
            label=_("What these sites have in common"),
            help_text=_("Such as: sites with the most findings."),
            max_length=100,
            required=False,
        )
        self.fields[f"floor_sites_{number}"] = forms.MultipleChoiceField(
            label=_("is spent at these sites"),
            choices=list(self.sites.items()),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
            required=False,
        )

    def site_rows(self) -> list[list[Any]]:
        """The fields of sites, a row each."""
        return [[self[f"{name}_{n}"] for name in ("site", "least", "most")] for n in range(self.site_count)]

    def floor_rows(self) -> list[list[Any]]:
        """The fields of floors, a group each."""
        names = ("floor_percent", "floor_name", "floor_sites")
        return [[self[f"{name}_{n}"] for name in names] for n in range(self.floor_count)]

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        values: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for number in range(self.site_count):
            site = values.get(f"site_{number}")
            amounts = [values.get(f"{name}_{number}") for name in ("least", "most")]
            if not site and any(amount is not None for amount in amounts):
                self.add_error(f"site_{number}", _now("Choose the site that the amount is for."))
            if site and site in seen:
                self.add_error(f"site_{number}", _now("This site stands in a row above already."))
            if site and amounts == [None, None] and f"least_{number}" not in self.errors:
                self.add_error(f"least_{number}", _now("Write a least, a most, or both."))
            seen.add(site or "")
        for number in range(self.floor_count):
            percent, sites = values.get(f"floor_percent_{number}"), values.get(f"floor_sites_{number}")
            if percent is not None and not sites:
                self.add_error(f"floor_sites_{number}", _now("Tick at least one site."))
            if sites and percent is None and f"floor_percent_{number}" not in self.errors:
                self.add_error(f"floor_percent_{number}", _now("Write how many percent."))
        return values

    def asked(self) -> Question:
        """The question. What the form does not ask for stays as it was."""
        values = self.cleaned_data
        rows = [
            (values[f"site_{n}"], values[f"least_{n}"], values[f"most_{n}"])
            for n in range(self.site_count)
            if values[f"site_{n}"]
        ]
        return Question(
            locked_in=tuple(self._references(values["locked_in"])),
            locked_out=tuple(self._references(values["locked_out"])),
            funds_out=tuple(values["funds_out"]),
            share_percent=values["share_percent"],
            match_available_cents=values["match_available_cents"],
            site_min={site: least for site, least, _most in rows if least is not None},
            site_max={site: most for site, _least, most in rows if most is not None},
            equity=tuple(
                Floor(
                    tuple(values[f"floor_sites_{n}"]),
                    values[f"floor_percent_{n}"],
                    values[f"floor_name_{n}"],
                )
                for n in range(self.floor_count)
                if values[f"floor_sites_{n}"]
            ),
            may_split=values["may_split"],
            gap=self.question.gap,
            seconds=self.question.seconds,
            frontier_steps=self.question.frontier_steps,
        )

    def _references(self, text: str) -> list[str]:
        """References as the plan writes them, whatever their letters' case."""
        known: Mapping[str, str] = {name.upper(): name for name in self.plan.references["candidates"]}
        return [known.get(name.upper(), name) for name in names_in(text)]


def _initial(question: Question) -> dict[str, Any]:
    """A question as the form shows it."""
    shown: dict[str, Any] = {
        "share_percent": question.share_percent,
        "match_available_cents": _dollars(question.match_available_cents),
        "funds_out": list(question.funds_out),
        "locked_in": ", ".join(question.locked_in),
        "locked_out": ", ".join(question.locked_out),
        "may_split": question.may_split,
    }
    for number, site in enumerate(sorted({*question.site_min, *question.site_max})):
        shown[f"site_{number}"] = site
        shown[f"least_{number}"] = _dollars(question.site_min.get(site))
        shown[f"most_{number}"] = _dollars(question.site_max.get(site))
    for number, floor in enumerate(question.equity):
        shown[f"floor_percent_{number}"] = f"{floor.percent:g}"
        shown[f"floor_name_{number}"] = floor.name
        shown[f"floor_sites_{number}"] = list(floor.sites)
    return shown


def _dollars(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}"
