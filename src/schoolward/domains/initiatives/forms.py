"""Forms of initiatives. Each says what happens next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.models import COLOURS, ENDINGS, Initiative, Kind, Objective, Strand
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.measures.registry import all_measures
from schoolward.platform.ui.days import DayField

_ROLES = [(role.value, role.label) for role in HUMAN_ROLES]
_NO_OVERRIDE = ("", _("As the rule says"))


def _text(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=2000,
        required=required,
    )


class ReportForm(forms.Form):
    """Reporting how an initiative stands. Only a lead is offered another color than the rule's."""

    note = _text(_("What is new"), _("One or two plain sentences. No names of students."))
    percent = forms.IntegerField(label=_("Percent complete"), min_value=0, max_value=100)
    colour = forms.ChoiceField(
        label=_("Color"),
        help_text=_("Leave it to the rule, or override it with a reason and evidence; both are shown."),
        choices=[_NO_OVERRIDE, *COLOURS],
        required=False,
    )
    override_reason = _text(_("Why the rule is wrong here"), rows=2, required=False)
    evidence = _text(
        _("Evidence"),
        _("What shows it: a document, a date, a record. Needed for an override."),
        rows=2,
        required=False,
    )

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["colour"], self.fields["override_reason"]

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {**self.cleaned_data, "colour": self.cleaned_data.get("colour") or None}


class LineForm(forms.Form):
    """The one-line update of a meeting."""

    note = forms.CharField(label=_("What is new, in one line"), max_length=300)
    percent = forms.IntegerField(label=_("Percent"), min_value=0, max_value=100)


class InitiativeForm(forms.Form):
    """Opening or changing an initiative, program or body."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    strand = forms.ChoiceField(label=_("Where the board's paper speaks of it"), choices=Strand.choices)
    summary = _text(_("In two sentences"), required=False)
    objective_id = forms.TypedChoiceField(
        label=_("Objective that it serves"),
        help_text=_("Without one it shows as an orphan."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    owner_role = forms.ChoiceField(label=_("Who answers for it"), choices=_ROLES)
    start = DayField(label=_("Start"), required=False)
    due = DayField(label=_("Due"), required=False)

    def __init__(self, *args: Any, initiative: Initiative | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        objectives = Objective.objects.select_related("goal")
        self.fields["objective_id"].choices = [  # type: ignore[attr-defined]
            ("", _("None yet")),
            *((objective.pk, f"{objective.goal.title}: {objective.title}") for objective in objectives),
        ]
        if not objectives:
            self.fields["objective_id"].help_text = _(
                "There is none yet: the page of goals is where goals and objectives are added."
            )
        if initiative is not None:
            # The due date has a step of its own, so that each change keeps its reason.
            del self.fields["due"]


class GoalForm(forms.Form):
    """Adding or changing a goal."""

    title = forms.CharField(
        label=_("Goal"), help_text=_("What the partnership is for, in one sentence."), max_length=200
    )


class ObjectiveForm(forms.Form):
    """Adding or changing an objective."""

    title = forms.CharField(
        label=_("Objective"), help_text=_("One thing that has to be reached for the goal."), max_length=200
    )
    owner_role = forms.ChoiceField(label=_("Who answers for it"), choices=_ROLES)


def _value(label: Any, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, help_text=help_text, max_digits=14, decimal_places=2)


class LinkForm(forms.Form):
    """Saying by which measure an objective is judged. A link that is changed keeps its measure."""

    measure_key = forms.ChoiceField(label=_("Measure"))
    baseline = _value(_("Baseline"), _("Where it started, in the measure's unit."))
    baseline_on = DayField(label=_("Day of the baseline"))
    target = _value(_("Target"), _("Where it should be."))
    due = DayField(
        label=_("Due"), help_text=_("By when. Until then a straight way to the target is expected.")
    )

    def __init__(self, *args: Any, linked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if linked:
            del self.fields["measure_key"]
            return
        listed = sorted(((str(measure.title), measure) for measure in all_measures()), key=lambda one: one[0])
        self.fields["measure_key"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((measure.key, f"{title} ({measure.unit})") for title, measure in listed),
        ]


class DueForm(forms.Form):
    """Moving the due date."""

    due = DayField(label=_("New due date"), help_text=_("The slip against the first date stays visible."))
    reason = _text(_("Reason"))


class CloseForm(forms.Form):
    """Closing an initiative."""

    status = forms.ChoiceField(
        label=_("How it ended"),
        choices=ENDINGS,
    )


class ReopenForm(forms.Form):
    """Opening a closed initiative again."""

    reason = _text(_("Reason"), _("It stays on the page, with how and when it was closed."))


class MilestoneForm(forms.Form):
    """Adding a milestone."""

    title = forms.CharField(label=_("What is reached"), max_length=200)
    due = DayField(label=_("By when"))


class ReachForm(forms.Form):
    """Saying that a milestone is reached."""

    done_on = DayField(label=_("Reached on"))
    evidence = _text(_("What shows it"), rows=2)


class BlockerForm(forms.Form):
    """Raising an obstacle."""

    title = forms.CharField(label=_("What holds it up"), max_length=200)
    needs = forms.CharField(label=_("Who must do what"), max_length=300)


class ClearForm(forms.Form):
    """Clearing an obstacle."""

    how = forms.CharField(label=_("How it was cleared"), max_length=300)


class DecisionForm(forms.Form):
    """Writing down a decision."""

    initiative_id = forms.TypedChoiceField(label=_("About"), coerce=int)
    text = _text(_("What was decided"), rows=2)

    def __init__(self, *args: Any, under_way: list[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative_id"].choices = [(row.pk, row.title) for row in under_way]  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """Writing down that a body met."""

    held_on = DayField(label=_("Held on"))
    note = _text(_("Note"), required=False)
