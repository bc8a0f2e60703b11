"""Forms of assessments. Each says what happens next; money is typed in dollars and kept in cents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments import queries
from schoolward.domains.assessments.models import AssessmentKind, DefectKind, Recurrence
from schoolward.domains.assessments.wording import SEVERITIES, TRADES
from schoolward.domains.places.queries import campus_names, operating_campuses
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.days import DayField
from schoolward.platform.ui.money import AmountField


def sites_of(viewer: Viewer) -> list[tuple[int, str]]:
    """The sites that the viewer may do something at, by name."""
    held = viewer.campus_ids
    return [(pk, name) for pk, name in campus_names().items() if held is None or pk in held]


class _AtSite(forms.Form):
    """A form with a site out of the viewer's."""

    campus_id = forms.TypedChoiceField(label=_("Site"), coerce=int)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campus_id"].choices = [("", _("Choose a site")), *sites_of(viewer)]  # type: ignore[attr-defined]


class AssessmentForm(_AtSite):
    """Entering an assessment that was done on paper."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AssessmentKind.choices)
    assessed_on = DayField(label=_("Done on"))
    assessor_role = forms.ChoiceField(
        label=_("Who assessed"),
        help_text=_("The role, not the name."),
        choices=[(role.value, role.label) for role in HUMAN_ROLES],
    )
    document = forms.CharField(
        label=_("Where the document is kept"),
        help_text=_("A file number or an address. The document itself stays there."),
        max_length=300,
        required=False,
    )


class PlanForm(_AtSite):
    """Planning a walk."""

    version_id = forms.TypedChoiceField(
        label=_("Instrument"),
        help_text=_("What is asked. The version that holds on the day is used, and stays."),
        coerce=int,
    )
    planned_on = DayField(label=_("Day of the walk"))
    is_double = forms.BooleanField(
        label=_("Two assessors walk it, each alone; the page then says how far they agree"), required=False
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        open_now = set(operating_campuses(today(viewer.at)).values_list("pk", flat=True))
        named = [site for site in sites_of(viewer) if site[0] in open_now]
        self.fields["campus_id"].choices = [("", _("Choose a site")), *named]  # type: ignore[attr-defined]
        there = [(one.pk, str(one)) for one in queries.versions(viewer)]
        self.fields["version_id"].choices = [("", _("Choose an instrument")), *there]  # type: ignore[attr-defined]


class InstrumentForm(forms.Form):
    """Bringing in an instrument's file."""

    file = forms.FileField(
        label=_("The instrument's file"),
        help_text=_(
            "YAML as docs/how-to/write-an-instrument.md describes it, an XLSForm or an XForm; or one ZIP "
            "file of a form and the files that it reads."
        ),
    )


class CrosswalkForm(forms.Form):
    """Bringing in a crosswalk's file."""

    file = forms.FileField(
        label=_("The crosswalk's file"),
        help_text=_("YAML; docs/how-to/write-an-instrument.md says what stands in it."),
    )


class ReviewForm(forms.Form):
    """Reviewing what was handed in."""

    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False
    )


class SettlementForm(forms.Form):
    """Settling what two assessors differ on."""

    answer = forms.ChoiceField(label=_("What counts"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Both assessors read it, and where a finding is declined, whoever decides. No names."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]


class AcceptFindingForm(forms.Form):
    """Taking a finding on."""

    due = DayField(label=_("Due date"), help_text=_("From the severity; change it where you must."))
    estimate = AmountField(label=_("Estimate in dollars"), min_value=0, max_digits=12, required=False)

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        estimate = self.cleaned_data["estimate"]
        cents = None if estimate is None else int(estimate * 100)
        return {"due": self.cleaned_data["due"], "estimate_cents": cents}


class ReasonForm(forms.Form):
    """Saying why."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever finds it next time reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )


class CoverForm(forms.Form):
    """Naming the work that mends it already."""

    reference = forms.ChoiceField(
        label=_("The other work"),
        help_text=_("Work of the same site that is still open. Choose what mends the very same thing."),
    )

    def __init__(self, *args: Any, work: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].choices = [("", _("Choose the work")), *work]  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """Naming the work that mends what was reported."""

    work_id = forms.TypedChoiceField(
        label=_("Other open work of this site"),
        help_text=_("Choose what mends the very same thing."),
        coerce=int,
    )

    def __init__(self, *args: Any, work: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work_id"].choices = [("", _("Choose the work")), *work]  # type: ignore[attr-defined]


class ReinspectionForm(forms.Form):
    """Asking for a second look."""

    due = DayField(label=_("Look again by"))
    finding_ids = forms.TypedMultipleChoiceField(
        label=_("What to look at"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding_ids"].choices = choices  # type: ignore[attr-defined]


class PhotoForm(forms.Form):
    """A photograph with its place: on the site plan in percent of its width and height, or on earth."""

    photo = forms.FileField(
        label=_("Photograph"),
        help_text=_("No students and no faces in the picture."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=200, required=False)
    across = forms.FloatField(
        label=_("On the plan: percent from the left"), min_value=0, max_value=100, required=False
    )
    down = forms.FloatField(
        label=_("On the plan: percent from the top"), min_value=0, max_value=100, required=False
    )
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_plan:
            del self.fields["across"], self.fields["down"]


class SitePlanForm(forms.Form):
    """A plan of the site as a picture."""

    file = forms.FileField(
        label=_("The plan as a picture"),
        help_text=_("PNG, JPEG or WebP. Photographs of a walk are pinned on it."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )


class PointForm(_AtSite):
    """A new code."""

    label = forms.CharField(
        label=_("Where it hangs"), help_text=_("Such as “Gate by the gym”."), max_length=120
    )


class DefectForm(forms.Form):
    """What anybody reports at a code."""

    kind = forms.ChoiceField(label=_("What is wrong?"), choices=[("", _("Choose")), *DefectKind.choices])
    text = forms.CharField(
        label=_("Where exactly, and what?"),
        help_text=_("At most 300 characters. No names, no telephone numbers, yours neither."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        required=False,
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)


class PreventiveForm(forms.Form):
    """Work that comes back."""

    title = forms.CharField(label=_("What is done"), max_length=200)
    instructions = forms.CharField(
        label=_("How"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000, required=False
    )
    campus_id = forms.TypedChoiceField(label=_("Where"), coerce=int, empty_value=None, required=False)
    every = forms.ChoiceField(label=_("How often"), choices=Recurrence.choices)
    trade = forms.ChoiceField(label=_("Trade"), choices=TRADES)
    severity = forms.ChoiceField(label=_("Severity"), choices=SEVERITIES, initial="medium")
    owner_role = forms.ChoiceField(
        label=_("Who looks after it"),
        choices=[("", _("Nobody yet")), *((role.value, role.label) for role in HUMAN_ROLES)],
        required=False,
    )
    estimate = AmountField(
        label=_("Estimate in dollars, each time"), min_value=0, max_digits=12, required=False
    )
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("To"), help_text=_("Empty while it goes on."), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = [] if viewer.campus_ids is not None else [("", _("Every site in operation"))]
        self.fields["campus_id"].choices = [*everywhere, *sites_of(viewer)]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The fields of a plan."""
        fields = dict(self.cleaned_data)
        estimate = fields.pop("estimate")
        fields["estimate_cents"] = None if estimate is None else int(estimate * 100)
        return fields
