"""What was reported, moved and decided. Rows that only grow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.models.bodies import Meeting
from schoolward.domains.initiatives.models.initiatives import ENDINGS, Initiative
from schoolward.domains.initiatives.rag import Colour

COLOURS: list[tuple[str, object]] = [
    (Colour.GREEN, _("Green")),
    (Colour.AMBER, _("Amber")),
    (Colour.RED, _("Red")),
    (Colour.GREY, _("Grey")),
]


class AppendOnly(models.Model):
    """A row that says what happened. The database refuses to change it (migration 0002)."""

    at = models.DateTimeField()
    on = models.DateField(help_text=_("The district's local date of it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        abstract = True


class StatusUpdate(AppendOnly):
    """What somebody reported: a note, how far it is, and the colour that the rule gave on that day.

    Where a lead overrode the rule, ``colour`` differs from ``rule_colour`` and both reason and evidence are
    there.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="updates")
    note = models.TextField()
    percent = models.PositiveIntegerField()
    colour = models.CharField(max_length=6, choices=COLOURS)
    rule_colour = models.CharField(max_length=6, choices=COLOURS)
    rule_sentence = models.TextField()
    rule_version = models.PositiveIntegerField()
    override_reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["initiative", "-on"], name="status_initiative_on")]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="status_percent_up_to_100"),
            models.CheckConstraint(
                condition=Q(colour__in=[colour.value for colour in Colour]), name="status_colour_known"
            ),
            models.CheckConstraint(
                condition=Q(colour=F("rule_colour")) | (~Q(override_reason="") & ~Q(evidence="")),
                name="status_override_is_justified",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="status_has_note"),
        ]


class DueChange(AppendOnly):
    """A due date that moved, and why."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="due_changes")
    from_due = models.DateField(null=True)
    to_due = models.DateField()
    reason = models.TextField()

    class Meta:
        ordering = ["initiative", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="initiative_due_change_has_reason")
        ]


class Reopening(AppendOnly):
    """A closed initiative that was opened again, why, and how and since when it had been closed."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="reopenings")
    ended = models.CharField(max_length=10, choices=ENDINGS)
    closed_on = models.DateField()
    reason = models.TextField()

    class Meta:
        ordering = ["initiative", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="initiative_reopening_has_reason")
        ]


class Decision(AppendOnly):
    """What was decided about an initiative, in a meeting or by its lead."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    text = models.TextField()

    class Meta:
        ordering = ["-on", "-pk"]
