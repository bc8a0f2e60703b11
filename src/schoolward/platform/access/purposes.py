"""Why somebody looks: chosen by the person, written into every event, and asked for by row policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """The purposes that a policy can name. A new one needs an agreement that knows it."""

    SCHOOL_SAFETY = "school_safety", _("School safety")
    YOUTH_PROGRAM = "youth_program", _("Running a youth program")
    ACCOUNTABILITY = "accountability", _("Accountability and reporting")
    RECORDS = "records", _("Records and privacy requests")
    ADMINISTRATION = "administration", _("Administration of this installation")
