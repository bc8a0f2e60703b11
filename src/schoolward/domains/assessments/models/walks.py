"""Walks: one assessor's filling of an assessment, each answer and photograph with its client's number.

Answers and photographs are only ever added; an answer that is changed is a new row, and the last one counts.
The numbers are made where the answer is given, so that whatever is sent twice is kept once.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models.assessments import Assessment
from schoolward.domains.assessments.models.instruments import InstrumentItem


class Mark(models.TextChoices):
    """What stands in place of a rating; it never counts as 0."""

    DOES_NOT_EXIST = "dne", _("Does not exist here")
    UNOBSERVED = "uto", _("Unable to observe")


class Walk(models.Model):
    """One assessor's walk, of an assessment or of a re-inspection."""

    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="walks"
    )
    reinspection = models.ForeignKey(
        "assessments.ReinspectionRequest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="walks",
    )
    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1, help_text=_("1, or 2 for the second assessor's."))
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessor_name = models.CharField(max_length=200)
    client_id = models.UUIDField(unique=True)
    device = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    not_asked = models.JSONField(
        null=True,
        blank=True,
        help_text=_("The codes of items whose condition did not hold when it was handed in."),
    )
    positions = models.JSONField(
        null=True,
        blank=True,
        help_text=_("By the code of an item: longitude and latitude at which it was judged, in degrees."),
    )

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False, reinspection__isnull=True)
                | Q(assessment__isnull=True, reinspection__isnull=False),
                name="walk_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["assessment", "number"],
                condition=Q(assessment__isnull=False),
                name="walk_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["reinspection", "number"],
                condition=Q(reinspection__isnull=False),
                name="walk_of_reinspection_once",
            ),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="walk_first_or_second"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(submitted_at__gte=F("started_at")),
                name="walk_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment or self.reinspection} ({self.number})"

    @property
    def is_of_the_way(self) -> bool:
        """Whether it goes along the streets around the site, and not over its ground."""
        return self.assessment is not None and self.assessment.is_of_the_way


class Answer(models.Model):
    """One answer: a value of the item's scale, a mark, or words. The last of a walk and an item counts."""

    walk = models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey(InstrumentItem, on_delete=models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    mark = models.CharField(max_length=3, blank=True, choices=Mark.choices)
    text = models.TextField(blank=True)
    note = models.TextField(blank=True)
    client_id = models.UUIDField(unique=True)
    given_at = models.DateTimeField(help_text=_("When it was given, by the device's clock."))
    at = models.DateTimeField(help_text=_("When it was kept."))
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["walk", "pk"]
        indexes = [models.Index(fields=["walk", "item"], name="answer_walk_item")]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, mark="", text="")
                | Q(value__isnull=True, mark__in=Mark.values, text="")
                | Q(Q(value__isnull=True, mark=""), ~Q(text="")),
                name="answer_is_one_thing",
            ),
        ]


class AnswerPhoto(models.Model):
    """A photograph taken at an item.

    It may say where: on the site plan (shares of its width and height from the upper left), or on earth. The
    database refuses a change, but of the pin on the plan until the walk is handed in (migration 0005).
    """

    walk = models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="photos")
    item = models.ForeignKey(InstrumentItem, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    caption = models.CharField(max_length=200, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    plan = models.ForeignKey(
        "assessments.SitePlan", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    plan_x = models.FloatField(null=True, blank=True)
    plan_y = models.FloatField(null=True, blank=True)
    client_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["walk", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                ),
                name="photo_point_whole_and_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=True, plan_x__isnull=True, plan_y__isnull=True)
                | Q(plan__isnull=False, plan_x__range=(0, 1), plan_y__range=(0, 1)),
                name="photo_pin_within_its_plan",
            ),
        ]


class SitePlan(models.Model):
    """A plan of a campus as a picture, on which photographs are pinned. New pins go onto the newest."""

    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["campus", "-added_at"]
