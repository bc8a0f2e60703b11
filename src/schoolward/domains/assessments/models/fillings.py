"""Filled forms: what a walk's form held when it was handed in, whole, with the files that it names.

Of a form only ratings become answers; whatever else it asked stands here. A filled form never changes.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models.walks import Walk


class FillingWay(models.TextChoices):
    """How a filled form came."""

    PAGE = "page", _("By the walk's page")
    OPENROSA = "openrosa", _("By OpenRosa (ODK Collect)")


class Filling(models.Model):
    """The filled form of a walk, as XML. ``instance_id`` is the number that its device gave it."""

    walk = models.OneToOneField(Walk, on_delete=models.PROTECT, related_name="filling")
    instance_id = models.CharField(max_length=200, unique=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    way = models.CharField(max_length=8, choices=FillingWay.choices)
    received_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["walk"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=FillingWay.values), name="filling_way_known"),
            models.CheckConstraint(condition=~Q(instance_id=""), name="filling_has_an_id"),
        ]

    def __str__(self) -> str:
        return f"{self.walk}: {self.instance_id}"


class FillingFile(models.Model):
    """A file that a question of the form names, and that belongs to no rated item."""

    filling = models.ForeignKey(Filling, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["filling", "name"]
        constraints = [
            models.UniqueConstraint(fields=["filling", "name"], name="filling_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
