"""Forms of travel tallies, parents' answers, and comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.forms.fields import SiteForm, heads, own_sites
from schoolward.domains.routes.models import Allowed, Change, Direction, Distance, Grade, Mode, Weather
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


class TallyForm(SiteForm):
    """One class, one day, one direction: hands by mode."""

    field_order = ("campus_id", "class_label", "grade", "enrolled", "day", "direction", "weather")
    class_label = forms.CharField(
        label=_("Class"), max_length=20, help_text=_("A room or a number, such as Room 12 or 4-B. No name.")
    )
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices)
    enrolled = heads(_("Pupils enrolled in the class"), required=True)
    day = DayField(label=_("Day"), help_text=_("A Tuesday, Wednesday or Thursday."))
    direction = forms.ChoiceField(label=_("Which way"), choices=Direction.choices, widget=forms.RadioSelect)
    weather = forms.ChoiceField(label=_("Weather"), choices=Weather.choices, widget=forms.RadioSelect)
    walk = heads(Mode.WALK.label)
    bike = heads(Mode.BIKE.label)
    school_bus = heads(Mode.SCHOOL_BUS.label)
    family_vehicle = heads(Mode.FAMILY_VEHICLE.label, help_text=_("Only children of one family."))
    carpool = heads(Mode.CARPOOL.label, help_text=_("Children of other families along."))
    transit = heads(Mode.TRANSIT.label, help_text=_("City bus or light rail."))
    other = heads(Mode.OTHER.label, help_text=_("Skateboard, scooter and the like."))

    def modes(self) -> list[BoundField]:
        """The seven fields of hands."""
        return [self[mode] for mode in Mode.values]

    def details(self) -> list[BoundField]:
        """The fields before the hands."""
        return [field for field in self.visible_fields() if field.name not in Mode.values]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = dict(self.cleaned_data)
        counts = {mode: given.pop(mode) or 0 for mode in Mode.values}
        return {**given, "counts": counts}


class TallyCorrection(TallyForm):
    """A tally that is corrected. Where another stands at its new place, the form asks which is to count."""

    replace = forms.BooleanField(
        label=_("Put this tally in the place of the one that stands there"),
        required=False,
        help_text=_("The other is taken away. That it was there, and who took it away, is kept."),
    )

    def details(self) -> list[BoundField]:
        """The fields before the hands; the question only once it has come up."""
        asked = bool(self.errors.get("replace"))
        return [field for field in super().details() if field.name != "replace" or asked]


class SurveyForm(SiteForm):
    """A parent's short form. No name, no address, no class."""

    grade = forms.ChoiceField(label=_("The child's grade"), choices=Grade.choices)
    distance = forms.ChoiceField(
        label=_("How far is home from school?"), choices=Distance.choices, widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(
        label=_("How does the child come to school on most days?"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
    )
    allowed = forms.ChoiceField(
        label=_("When would you let the child walk or ride without an adult?"),
        choices=Allowed.choices,
        widget=forms.RadioSelect,
    )
    changes = forms.MultipleChoiceField(
        label=_("What would change that?"),
        choices=Change.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day = DayField(label=_("Day on which the form came in"))
    number = forms.CharField(
        label=_("Number on the form"),
        required=False,
        max_length=20,
        help_text=_("Leave empty where it has none. With the same number, a form is corrected."),
    )


def _season(label: Any) -> forms.TypedChoiceField:
    """A season of those offered; its value is its first or its last day."""
    return forms.TypedChoiceField(label=label, coerce=date.fromisoformat, empty_value=None)


class CompareForm(forms.Form):
    """Two spans of whole seasons, at one site or all: fewer days would tell of a few pupils."""

    keeps_nothing = True

    campus = forms.TypedChoiceField(label=_("Site"), required=False, coerce=int, empty_value=None)
    before_from = _season(_("First time, from"))
    before_to = _season(_("First time, to"))
    after_from = _season(_("Second time, from"))
    after_to = _season(_("Second time, to"))

    def __init__(
        self,
        *args: Any,
        viewer: Viewer,
        seasons: Iterable[tuple[Any, date, date]],
        **kwargs: Any,
    ) -> None:
        """``seasons``: each season's words, first and last day."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["campus"]
        field.choices = [("", _("All sites")), *own_sites(viewer)]
        offered = list(seasons)
        for side in ("before", "after"):
            begins: Any = self.fields[f"{side}_from"]
            ends: Any = self.fields[f"{side}_to"]
            begins.choices = [(first.isoformat(), words) for words, first, _last in offered]
            ends.choices = [(last.isoformat(), words) for words, _first, last in offered]

    def clean(self) -> dict[str, Any]:
        """Both times run forward, and the second begins after the first has ended."""
        given = super().clean() or {}
        for side in ("before", "after"):
            first, last = given.get(f"{side}_from"), given.get(f"{side}_to")
            if first and last and last < first:
                self.add_error(f"{side}_to", _("The last season lies before the first."))
        ends, begins = given.get("before_to"), given.get("after_from")
        if ends and begins and begins <= ends:
            self.add_error("after_from", _("The second time begins before the first has ended."))
        return given
