"""How a young person came to school, day by day, as the student information system tells it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass


class Attended(models.TextChoices):
    """How a day was (the words of protocols.attendance.Mark)."""

    PRESENT = "present", _("There")
    TARDY = "tardy", _("Late")
    PARTLY = "partly", _("There for a part of the day")
    ABSENT = "absent", _("Absent")


class AttendanceDay(ProtectedRecord):
    """One day of school of one young person. Only those who were referred have any."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="attendance")
    on = models.DateField(_("day"))
    mark = models.CharField(_("how the day was"), max_length=8, choices=Attended.choices)
    minutes_absent = models.PositiveSmallIntegerField(null=True, blank=True)
    excused = models.BooleanField(null=True, blank=True, help_text=_("Blank where nobody has decided."))
    enrolled = models.BooleanField(default=True)
    told_at = models.DateTimeField(editable=False, help_text=_("When the system last told it."))
    invented = models.BooleanField(default=False)

    changeable = frozenset({"mark", "minutes_absent", "excused", "enrolled", "told_at"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["youth", "on"]
        verbose_name = _("day of school")
        verbose_name_plural = _("days of school")
        constraints = [
            models.UniqueConstraint(fields=["youth", "on"], name="attendance_day_once"),
            models.CheckConstraint(condition=Q(mark__in=Attended.values), name="attendance_mark_known"),
            models.CheckConstraint(
                condition=Q(minutes_absent__isnull=True) | Q(minutes_absent__lte=1440),
                name="attendance_minutes_within_a_day",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="attendance_is_an_education_record"
            ),
        ]
