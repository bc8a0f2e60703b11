"""A young person, and who stands for them at home: what a program needs to reach them, and nothing else.

No field here, and none that is added, tells of a gang, of immigration, of a diagnosis or of a criminal
history, and none judges the person (``schoolward.E001``). Consents are those of ``platform/access``: a
family's yes to a program is a consent of the category ``program`` about the youth's ``subject``.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import ProtectedRecord, RecordClass
from schoolward.platform.access.models.protected import UnsealedManager

_SMALLEST = 10**11


def new_number() -> int:
    """A number for a new young person. It tells neither how many there are nor who came before whom."""
    return _SMALLEST + secrets.randbelow(9 * _SMALLEST)


class Language(models.TextChoices):
    """What is spoken at home."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    HMONG = "hmn", _("Hmong")
    CHINESE = "zh", _("Chinese")
    VIETNAMESE = "vi", _("Vietnamese")
    RUSSIAN = "ru", _("Russian")
    OTHER = "other", _("Another language")


class YouthManager(UnsealedManager["Youth"]):
    """Young people whose record is neither sealed nor put together with another."""

    def get_queryset(self) -> models.QuerySet[Youth]:
        return super().get_queryset().filter(merged_into__isnull=True)


class Youth(ProtectedRecord):
    """One young person as one agency knows them. The record is that agency's; ``coordinator`` stands by them.

    ``coordinator`` is empty at the intake: until somebody takes it, every coordinator of the agency sees it.
    No student number is unique: to refuse a second one would tell that there is a sealed record.
    """

    id = models.BigIntegerField(primary_key=True, default=new_number, editable=False)
    legal_name = models.CharField(_("legal name"), max_length=200)
    preferred_name = models.CharField(_("name that they go by"), max_length=100, blank=True)
    born_on = models.DateField(_("date of birth"))
    local_number = models.CharField(
        _("student number"), max_length=20, blank=True, help_text=_("The district's own, where it is known.")
    )
    home_language = models.CharField(
        _("language at home"), max_length=8, choices=Language.choices, default=Language.ENGLISH
    )
    school = models.ForeignKey(
        "places.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_on = models.DateField(editable=False)
    #: The record that this one was put together with: from then on this one is found nowhere.
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    invented = models.BooleanField(default=False)

    is_the_person = True
    moves_with_person = False
    changeable = frozenset(
        {
            "merged_into_id",
            "legal_name",
            "preferred_name",
            "born_on",
            "local_number",
            "home_language",
            "school_id",
            "coordinator_id",
        }
    )

    objects = YouthManager()

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["legal_name", "pk"]
        verbose_name = _("young person")
        verbose_name_plural = _("young people")
        indexes = [
            models.Index(fields=["agency", "coordinator"], name="youth_of_coordinator"),
            models.Index(fields=["agency", "born_on"], name="youth_born_on"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="youth_is_an_education_record"
            ),
            models.CheckConstraint(condition=~Q(legal_name=""), name="youth_has_a_name"),
            models.CheckConstraint(
                condition=Q(born_on__lt=F("entered_on")), name="youth_born_before_entered"
            ),
            models.CheckConstraint(
                condition=Q(home_language__in=Language.values), name="youth_language_known"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it. A new record is about itself."""
        if self._state.adding and not self.subject:
            self.subject = f"{self._meta.label}:{self.pk}"
        super().save(*args, **kwargs)

    @property
    def called(self) -> str:
        """The name to call them by."""
        return self.preferred_name or self.legal_name

    def age_on(self, day: date) -> int:
        """Their age in whole years on a day."""
        had = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (0 if had else 1)


def of_youth(youth: Youth, record_class: str = RecordClass.EDUCATION) -> dict[str, Any]:
    """The columns that a new protected row about this youth begins with: whose it is and about whom."""
    return {
        "youth": youth,
        "agency_id": youth.agency_id,
        "subject": youth.subject,
        "record_class": record_class,
    }


class Relation(models.TextChoices):
    """What somebody is to the young person."""

    PARENT = "parent", _("Parent")
    GRANDPARENT = "grandparent", _("Grandparent")
    RELATIVE = "relative", _("Another relative")
    FOSTER = "foster", _("Foster parent")
    LEGAL_GUARDIAN = "legal_guardian", _("Legal guardian")
    OTHER = "other", _("Another adult who cares for them")


class ReachBy(models.TextChoices):
    """How somebody likes to be reached."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    SCHOOL = "school", _("Through the school")


class Guardian(ProtectedRecord):
    """An adult who stands for a young person, and how that adult wants to be reached."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="guardians")
    name = models.CharField(_("name"), max_length=200)
    relation = models.CharField(_("relation"), max_length=16, choices=Relation.choices)
    language = models.CharField(
        _("language"), max_length=8, choices=Language.choices, default=Language.ENGLISH
    )
    reach_by = models.CharField(
        _("way to reach"), max_length=8, choices=ReachBy.choices, default=ReachBy.CALL
    )
    reach_at = models.CharField(
        _("number or address"), max_length=160, blank=True, help_text=_("A telephone number or an address.")
    )
    invented = models.BooleanField(default=False)

    changeable = frozenset({"name", "relation", "language", "reach_by", "reach_at"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="guardian_has_a_name"),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values)
                & Q(language__in=Language.values)
                & Q(reach_by__in=ReachBy.values),
                name="guardian_words_known",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="guardian_is_an_education_record"
            ),
        ]
