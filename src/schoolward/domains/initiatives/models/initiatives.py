"""Initiatives, programs and bodies, with their milestones, obstacles and known facts."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.models.goals import Objective
from schoolward.platform.access.roles import Role


class Kind(models.TextChoices):
    """What kind of thing it is that the partnership runs."""

    INITIATIVE = "initiative", _("Initiative")
    PROGRAMME = "programme", _("Program")
    BODY = "body", _("Body")


class Strand(models.TextChoices):
    """Where the board's paper speaks of it."""

    FRAME = "frame", _("Governance")
    RESULT = "result", _("Results")
    INITIATIVE = "initiative", _("Initiatives of the school year")
    PROGRAMME = "programme", _("Programs and partners")
    NEXT_STEP = "next_step", _("Next steps")


class Status(models.TextChoices):
    """Whether it is planned, under way or over on a day. It is not kept: it follows from the dates."""

    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Under way")
    COMPLETE = "complete", _("Complete")
    STOPPED = "stopped", _("Stopped")


#: How an initiative may end.
ENDINGS = [(Status.COMPLETE.value, Status.COMPLETE.label), (Status.STOPPED.value, Status.STOPPED.label)]


class Mark(models.TextChoices):
    """How far a fact can be trusted."""

    PUBLIC = "public", _("Public fact")
    COMPUTED = "computed", _("Computed from public data")
    MEMORY = "memory", _("From memory, unverified")
    ASSUMPTION = "assumption", _("Assumption")


class Initiative(models.Model):
    """An initiative, a program or a body. ``number`` is its place in the partnership's inventory, if it has
    one.

    ``invented`` says that the thing itself is invented; ``dates_invented`` that it is real but its owner,
    dates and progress here are not.
    """

    key = models.SlugField(unique=True, max_length=60)
    number = models.PositiveIntegerField(null=True, blank=True, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INITIATIVE)
    strand = models.CharField(max_length=12, choices=Strand.choices, default=Strand.INITIATIVE)
    summary = models.TextField(blank=True)
    objective = models.ForeignKey(
        Objective, null=True, blank=True, on_delete=models.PROTECT, related_name="initiatives"
    )
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    owner_role = models.CharField(max_length=40, choices=Role.choices)
    owner = models.ForeignKey(
        "access.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended = models.CharField(
        max_length=10, choices=ENDINGS, blank=True, help_text=_("How it ended; empty while it is not closed.")
    )
    start = models.DateField(null=True, blank=True, help_text=_("Since when it is under way or followed."))
    due = models.DateField(null=True, blank=True)
    first_due = models.DateField(null=True, blank=True, help_text=_("The due date that was set first."))
    closed_on = models.DateField(null=True, blank=True)
    cadence = models.CharField(max_length=120, blank=True, help_text=_("How often a body meets, in words."))
    meets_every_days = models.PositiveIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)
    dates_invented = models.BooleanField(default=False)

    class Meta:
        ordering = [F("number").asc(nulls_last=True), "title"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="initiative_kind_known"),
            models.CheckConstraint(condition=Q(strand__in=Strand.values), name="initiative_strand_known"),
            models.CheckConstraint(
                condition=Q(ended__in=[Status.COMPLETE, Status.STOPPED], closed_on__isnull=False)
                | Q(ended="", closed_on__isnull=True),
                name="initiative_closed_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(first_due__isnull=False),
                name="initiative_first_due_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("pk")), name="initiative_not_part_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.BODY) | Q(meets_every_days__isnull=True),
                name="initiative_only_bodies_meet",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def status_on(self, day: date) -> Status:
        """Whether it is planned, under way or over on `day`, as ``queries.with_status`` asks of rows."""
        if self.closed_on is not None and self.closed_on <= day:
            return Status(self.ended)
        return Status.ACTIVE if self.start is not None and self.start <= day else Status.PLANNED


class Fact(models.Model):
    """Something known about an initiative, how far it can be trusted, from where and since when."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="facts")
    text = models.TextField()
    mark = models.CharField(max_length=12, choices=Mark.choices)
    source = models.CharField(max_length=200, blank=True)
    dated = models.DateField(null=True, blank=True, help_text=_("From when on it could be known."))

    class Meta:
        ordering = ["initiative", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="fact_mark_known"),
            models.CheckConstraint(
                condition=~Q(mark__in=[Mark.PUBLIC, Mark.COMPUTED]) | ~Q(source=""),
                name="fact_names_its_source",
            ),
        ]


class Milestone(models.Model):
    """A step to be reached by a day."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "title"], name="milestone_named_once")]

    def __str__(self) -> str:
        return self.title


class Blocker(models.Model):
    """Something that holds an initiative up, and who must do what about it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="blockers")
    title = models.CharField(max_length=200)
    needs = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    cleared_on = models.DateField(null=True, blank=True)
    how_cleared = models.CharField(max_length=300, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["opened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | Q(cleared_on__gte=F("opened_on")),
                name="blocker_cleared_after_opened",
            )
        ]

    def __str__(self) -> str:
        return self.title
