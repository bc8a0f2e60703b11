"""Forms that keep lines, systems, zones, plans, call lists and schedules, and the one that begins a test."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms import actions
from schoolward.domains.alarms.models import Device, Line, OutagePolicy, SignalKind, StepKind
from schoolward.domains.places.queries import campus_names
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField
from schoolward.protocols.dc09 import PROFILES

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)
TEST_HOURS = ((1, _("1 hour")), (2, _("2 hours")), (4, _("4 hours")), (8, _("8 hours")), (24, _("24 hours")))
PROFILE_NAMES = sorted(PROFILES)
MOST_STEPS = 30


def sites_of(viewer: Viewer) -> list[tuple[int, str]]:
    """The sites that the viewer may keep something at, by name."""
    held = viewer.campus_ids
    return [(pk, name) for pk, name in campus_names().items() if held is None or pk in held]


class _AtSite(forms.Form):
    """A form with a site out of the viewer's."""

    campus_id = forms.TypedChoiceField(label=_("Site"), coerce=int)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["campus_id"].choices = [("", _("Choose a site")), *sites_of(viewer)]  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """A way by which panels report."""

    name = forms.SlugField(
        label=_("Short name"),
        help_text=_("Letters, digits, hyphens; the receiver is started with it."),
        max_length=40,
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    profile = forms.ChoiceField(
        label=_("Interop profile"),
        help_text=_("The habits of the panels on this line; “standard” for most."),
        choices=[(name, name) for name in PROFILE_NAMES],
    )
    outage_policy = forms.ChoiceField(
        label=_("While the database does not answer"), choices=OutagePolicy.choices, initial=OutagePolicy.HOLD
    )


class SystemForm(_AtSite):
    """A panel that protects a site and reports under an account."""

    called_here = {
        "key_hex": "key",
        "supervision_s": "supervision_seconds",
        "in_service_from": "valid_from",
        "in_service_to": "valid_to",
    }
    line = forms.ChoiceField(label=_("Line"))
    account = forms.CharField(
        label=_("Account"), help_text=_("3 to 16 hexadecimal digits, as the panel sends it."), max_length=16
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    key = forms.CharField(
        label=_("Key of the panel"),
        help_text=_(
            "32, 48 or 64 hexadecimal digits. Blank leaves it as it is; “none” takes it away. Never shown."
        ),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    profile = forms.ChoiceField(
        label=_("Where its habits differ from the line's"),
        choices=[("", _("As the line")), *((name, name) for name in PROFILE_NAMES)],
        required=False,
    )
    supervision_seconds = forms.IntegerField(
        label=_("It must be heard from within (seconds)"),
        help_text=_("Blank: it is not supervised."),
        min_value=1,
        max_value=2_000_000_000,
        required=False,
    )
    valid_from = DayField(
        label=_("In service from"),
        help_text=_("Rates count it from this day on. Blank: as it is, or today where it is new."),
        required=False,
        widget=forms.DateInput(),
    )
    valid_to = DayField(
        label=_("The last day of its service"),
        help_text=_(
            "Blank while it serves. After it, rates leave it out and nobody expects to hear from it."
        ),
        required=False,
        widget=forms.DateInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(Line.objects.order_by("name"))
        self.fields["line"].choices = [(line.name, str(line)) for line in known] or [("main", "main")]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        held = dict(self.cleaned_data)
        held["key"] = held["key"] or None
        return held


class ZoneForm(forms.Form):
    """The part of the ground that one signal speaks of."""

    number = forms.CharField(
        label=_("Number"), help_text=_("As the panel sends it; leading zeros do not count."), max_length=8
    )
    title = forms.CharField(label=_("Where it is"), max_length=120, required=False)
    device = forms.ChoiceField(label=_("Watched by"), choices=Device.choices, initial=Device.OTHER)
    camera_link = forms.URLField(
        label=_("Where its camera is seen"),
        help_text=_("The address of the picture in the video system; operators open it with one key."),
        required=False,
        assume_scheme="https",
    )


class PlanForm(_AtSite):
    """What is to be done about one kind of signal."""

    called_here = {"kind": "steps", "text": "steps"}
    campus_id = forms.TypedChoiceField(
        label=_("Site"), coerce=int, required=False, empty_value=None, help_text=_("Blank: everywhere else.")
    )
    signal_kind = forms.ChoiceField(label=_("Kind of signal"), choices=SignalKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    steps = forms.CharField(
        label=_("Steps"),
        help_text=_(
            "One a line, as kind: text, for example “call: Call the site's own number”. Kinds are call, "
            "camera, dispatch, inform and check. A step that begins with ? need not be done."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*sites_of(self.viewer)]
        if self.viewer.campus_ids is None:
            choices.insert(0, ("", _("Everywhere without a plan of its own")))  # type: ignore[arg-type]
        self.fields["campus_id"].choices = choices  # type: ignore[attr-defined]

    def clean_steps(self) -> list[actions.WantedStep]:
        """The lines as steps, or what is wrong with one of them, by its number."""
        wanted = []
        for number, line in enumerate(self.cleaned_data["steps"].splitlines(), start=1):
            text = line.strip()
            if not text:
                continue
            is_required = not text.startswith("?")
            kind, colon, words = text.lstrip("? ").partition(":")
            if not colon or kind.strip().lower() not in StepKind.values:
                raise forms.ValidationError(
                    _("Line %(number)d begins with none of %(kinds)s and a colon.")
                    % {"number": number, "kinds": ", ".join(StepKind.values)}
                )
            if not words.strip() or len(words.strip()) > 300:
                raise forms.ValidationError(
                    _("Line %(number)d needs a text of 1 to 300 characters.") % {"number": number}
                )
            wanted.append(actions.WantedStep(kind.strip().lower(), words.strip(), is_required))
        if not wanted or len(wanted) > MOST_STEPS:
            raise forms.ValidationError(_("A plan has 1 to %(most)d steps.") % {"most": MOST_STEPS})
        return wanted


class ContactForm(_AtSite):
    """Whom to call about a site, by role or office."""

    order = forms.IntegerField(
        label=_("Place in the list"), help_text=_("1 is called first."), min_value=1, max_value=99
    )
    title = forms.CharField(
        label=_("Role or office"),
        help_text=_("Such as head custodian; never a person's name."),
        max_length=120,
    )
    phone = forms.CharField(label=_("Number"), max_length=40)
    wait_seconds = forms.IntegerField(
        label=_("Seconds to wait for an answer"), min_value=5, max_value=3600, initial=60
    )
    member = forms.EmailField(
        label=_("Account that is told by e-mail"),
        help_text=_(
            "The sign-in of the member of the partnership who has this role. Told when a case escalates to "
            "this place; the letter holds the case's number and urgency only."
        ),
        required=False,
    )
    called_here = {"number": "phone", "text": "title"}


class ScheduleForm(forms.Form):
    """When a system is expected to be open on a weekday."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WEEKDAYS, coerce=int)
    on_school_days = forms.TypedChoiceField(
        label=_("On"),
        choices=[("yes", _("School days")), ("no", _("Days without school"))],
        coerce=lambda value: value == "yes",
    )
    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput())
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput())
    tolerance_minutes = forms.IntegerField(
        label=_("Minutes of tolerance"), min_value=0, max_value=720, initial=30
    )
    valid_from = DayField(label=_("From"), required=False, widget=forms.DateInput())
    valid_to = DayField(label=_("To"), required=False, widget=forms.DateInput())


class TestForm(forms.Form):
    """Putting a system on test: its signals are kept but open no case."""

    hours = forms.TypedChoiceField(label=_("For"), choices=TEST_HOURS, coerce=int, initial=1)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Such as: yearly service of the detectors."), max_length=200
    )

    def ends(self, at: datetime) -> datetime:
        """When the test ends if it begins now."""
        return at + timedelta(hours=self.cleaned_data["hours"])
