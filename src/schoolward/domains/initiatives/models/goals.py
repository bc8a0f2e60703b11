"""Goals, the objectives under them, and the measures by which an objective is judged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from schoolward.platform.access.roles import Role


class Goal(models.Model):
    """What the partnership is for, in the manner of a strategic plan."""

    key = models.SlugField(unique=True, max_length=60)
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
    key = models.SlugField(unique=True, max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    owner_role = models.CharField(max_length=40, choices=Role.choices)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["goal__number", "number"]
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="objective_numbered_in_goal")]

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
