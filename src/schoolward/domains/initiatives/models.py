"""Goals, what is done to reach them, how that stands, and what is known about it from where."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.rag import Colour
from schoolward.platform.access.roles import Role

COLOURS: list[tuple[str, object]] = [
    (Colour.GREEN, _("Green")),
    (Colour.AMBER, _("Amber")),
    (Colour.RED, _("Red")),
    (Colour.GREY, _("Grey")),
]


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
    """Whether it is planned, under way or over."""

    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Under way")
    COMPLETE = "complete", _("Complete")
    STOPPED = "stopped", _("Stopped")


class Mark(models.TextChoices):
    """How far a fact can be trusted."""

    PUBLIC = "public", _("Public fact")
    COMPUTED = "computed", _("Computed from public data")
    MEMORY = "memory", _("From memory, unverified")
    ASSUMPTION = "assumption", _("Assumption")


class Goal(models.Model):
    """What the partnership is for, in the manner of a strategic plan."""

    key = models.SlugField(unique=True)
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """One thing that has to be reached for a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="objectives")
    key = models.SlugField(unique=True)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    owner_role = models.CharField(max_length=40, choices=Role.choices)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["goal__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "number"], name="objective_numbered_in_goal"),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureLink(models.Model):
    """A registered measure by which an objective is judged: from where, to where, by when."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="measures")
    measure_key = models.CharField(max_length=80)
    baseline = models.DecimalField(max_digits=14, decimal_places=2)
    baseline_on = models.DateField()
    target = models.DecimalField(max_digits=14, decimal_places=2)
    due = models.DateField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["objective", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "measure_key"], name="objective_measured_once"),
            models.CheckConstraint(condition=Q(due__gt=F("baseline_on")), name="target_after_baseline"),
        ]


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
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
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
            models.CheckConstraint(condition=Q(status__in=Status.values), name="initiative_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.COMPLETE, Status.STOPPED], closed_on__isnull=False)
                | Q(status__in=[Status.PLANNED, Status.ACTIVE], closed_on__isnull=True),
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
        constraints = [
            models.UniqueConstraint(fields=["initiative", "title"], name="milestone_named_once"),
        ]

    def __str__(self) -> str:
        return self.title


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
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """A sitting of a body."""

    body = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    note = models.TextField(blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-held_on"]
        constraints = [models.UniqueConstraint(fields=["body", "held_on"], name="meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on}"


class Decision(AppendOnly):
    """What was decided about an initiative, in a meeting or by its lead."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    text = models.TextField()

    class Meta:
        ordering = ["-on", "-pk"]


class Seat(models.Model):
    """An agency's seat in a body, from one date to another. Seats, not names."""

    body = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="seats")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["body", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="seat_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FundingFact(models.Model):
    """An award or a running cost that is publicly known. The funding domain will take its place."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    funder = models.CharField(max_length=200)
    award_number = models.CharField(max_length=40, blank=True)
    awarded_year = models.PositiveIntegerField(null=True, blank=True)
    amount_cents = models.BigIntegerField()
    period = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=300)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    mark = models.CharField(max_length=12, choices=Mark.choices)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = [F("awarded_year").asc(nulls_last=True), "key"]
        constraints = [
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="funding_mark_known"),
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="funding_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name
