"""Who may take part: rules that people wrote, with versions and dates, and what was said against them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.models.catalogue import Program
from schoolward.domains.programs.models.history import AppendOnly
from schoolward.platform.access.roles import Role


class EligibilityRule(models.Model):
    """One version of who may take part. Its words are never changed: a new version takes its place."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="rules")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(help_text=_("One requirement a line, as a person would say it."))
    source = models.CharField(max_length=200, help_text=_("The law, contract or manual that it follows."))
    written_by_role = models.CharField(max_length=40, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["program", "version"], name="program_rule_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="program_rule_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(source=""), name="program_rule_says_something_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program}, {self.version}"

    @property
    def requirements(self) -> list[str]:
        """The requirements, one by one."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Ground(models.TextChoices):
    """What is wrong with a rule."""

    EXCLUDES = "excludes", _("It keeps out young people whom it should serve")
    INCLUDES = "includes", _("It takes in young people whom it does not help")
    LAW = "law", _("It is against a law or an agreement")
    OUTDATED = "outdated", _("What it rests on has changed")
    UNCLEAR = "unclear", _("It can be read in two ways")


class Outcome(models.TextChoices):
    """What came of a contest."""

    CHANGED = "changed", _("The rule will be changed")
    KEPT = "kept", _("The rule stays")


class Contest(AppendOnly):
    """Somebody says that a version of a rule is wrong. About the rule, never about a child."""

    rule = models.ForeignKey(EligibilityRule, on_delete=models.PROTECT, related_name="contests")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    argument = models.CharField(
        max_length=600,
        help_text=_("About the rule, never about a child: no name, initials, date of birth or number."),
    )

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=Ground.values), name="program_contest_ground_known"
            ),
            models.CheckConstraint(condition=~Q(argument=""), name="program_contest_says_why"),
        ]


class ContestAnswer(AppendOnly):
    """The answer to a contest, by somebody other than who raised it."""

    contest = models.OneToOneField(Contest, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=600)
    contested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="program_answer_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="program_answer_says_why"),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(contested_by__isnull=True) | ~Q(by=F("contested_by")),
                name="program_answer_by_another",
            ),
        ]
