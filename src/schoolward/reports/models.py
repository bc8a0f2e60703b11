"""Editions of reports: their texts, the numbers they froze, and who answers for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an edition stands. Numbers are frozen from review on."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")


class Step(models.TextChoices):
    """What somebody signed."""

    SUBMIT = "submit", _("Submitted for review")
    APPROVE = "approve", _("Approved")
    PUBLISH = "publish", _("Published")


class Edition(models.Model):
    """One edition of a report, as of one date.

    ``round`` counts how often it was sent to review: signatures of an earlier round do not carry over
    to numbers that were frozen anew.
    """

    report = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    as_of = models.DateField(_("as of"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    round = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField(_("numbers frozen at"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(_("frozen content"), null=True, blank=True)
    invented = models.BooleanField(_("holds invented demonstration data"), default=False)
    created_at = models.DateTimeField()

    # The board item form.
    district = models.CharField(_("school district"), max_length=200, blank=True)
    agenda_item = models.CharField(_("agenda item"), max_length=20, blank=True)
    meeting_date = models.DateField(_("meeting date"))
    subject = models.CharField(_("subject"), max_length=200)
    item_type = models.CharField(_("item type"), max_length=30)
    division = models.CharField(_("division"), max_length=80)
    minutes_planned = models.PositiveIntegerField(_("estimated time, in minutes"), default=15)
    submitted_by_role = models.CharField(_("submitted by"), max_length=120)
    approved_by_role = models.CharField(_("approved by"), max_length=120)
    minutes_text = models.TextField(_("minutes of the board"), blank=True)

    class Meta:
        ordering = ["-as_of", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="edition_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, frozen_at__isnull=True)
                | (~Q(state=State.DRAFT) & Q(frozen_at__isnull=False, frozen__isnull=False)),
                name="edition_frozen_unless_draft",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | ~Q(state__in=[State.PUBLISHED, State.SUPERSEDED]),
                name="edition_published_when",
            ),
            models.UniqueConstraint(
                fields=["report", "as_of"],
                condition=Q(state=State.PUBLISHED),
                name="edition_one_published_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.as_of}, edition {self.number}"


class Section(models.Model):
    """One section's text as its author wrote it, live numbers included."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    body = models.TextField(blank=True)
    version = models.PositiveIntegerField(
        default=1
    )  # a second author's save does not silently undo the first's

    class Meta:
        ordering = ["edition", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="section_once_an_edition")]

    def __str__(self) -> str:
        return self.key


class Author(models.Model):
    """Somebody who wrote any of an edition's text or form. Authors neither approve nor publish it.

    Kept through every round: a text does not change hands by going back to draft.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="authors")
    account_id = models.BigIntegerField()  # copied, not referenced, as in signatures

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "account_id"], name="author_once_an_edition")
        ]


class CellReading(models.Model):
    """One number as it was frozen: value, definition and the records behind it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="cells")
    position = models.PositiveIntegerField()
    section = models.SlugField(max_length=40)
    token = models.CharField(max_length=200)
    measure_key = models.CharField(max_length=80)
    measure_version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    as_of = models.DateField()
    campus_id = models.BigIntegerField(null=True)
    campus_name = models.CharField(max_length=200, blank=True)
    shown = models.CharField(max_length=80)
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    suppressed = models.BooleanField(default=False)
    collected = models.BooleanField(default=True)
    minimum_count = models.PositiveIntegerField(default=0)
    in_chart = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    record_model = models.CharField(max_length=80)
    record_count = models.PositiveIntegerField()
    record_digest = models.CharField(max_length=64)
    record_keys = models.BinaryField()  # zlib of the primary keys, one a line
    query = models.TextField(blank=True)
    anomaly = models.CharField(max_length=12)
    anomaly_sentence = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="cell_position_once")]

    def __str__(self) -> str:
        return f"{self.measure_key} = {self.shown}"


class Signoff(models.Model):
    """A signature under an edition. Nobody both approves and publishes one round."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="signoffs")
    round = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=Step.choices)
    account_id = models.BigIntegerField(null=True)  # copied, not referenced: a signature outlives an account
    account_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "round", "step"], name="signoff_step_once_a_round"),
            models.UniqueConstraint(
                fields=["edition", "round", "account_id"],
                condition=Q(step__in=[Step.APPROVE, Step.PUBLISH]),
                name="signoff_two_different_people",
            ),
        ]


class AnomalySignoff(models.Model):
    """Somebody looked at a number that is far off, or that could not be judged, and says why it stands."""

    cell = models.OneToOneField(CellReading, on_delete=models.CASCADE, related_name="anomaly_signoff")
    account_id = models.BigIntegerField(null=True)
    account_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="anomaly_signoff_has_reason")]


class Correction(models.Model):
    """A mistake found after publication, told to every reader. The edition itself is not changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="corrections")
    cell = models.ForeignKey(CellReading, on_delete=models.CASCADE, null=True, blank=True)
    text = models.TextField()
    account_id = models.BigIntegerField(null=True)
    account_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="correction_has_text")]


class EditionFile(models.Model):
    """A file of a published edition, kept as it was made. ``copy`` is 0 for the files as published.

    Corrections and minutes come after publication: each makes the next annotated copy (1, 2, …) beside the
    published files, which stay as they are.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    copy = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    stored = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "copy", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "copy", "kind"], name="edition_file_once_a_copy"),
        ]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """The papers of all sites, asked for in one go. ``stored`` is the ZIP file, once the job is done."""

    report = models.CharField(max_length=40)
    copy = models.CharField(max_length=20, blank=True)
    as_of = models.DateField()
    asked_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)  # copied, not referenced: papers outlive an account
    job_id = models.UUIDField()
    sites = models.PositiveIntegerField(default=0)
    stored = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "batches"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """What its file is called."""
        named = "-".join(part for part in (self.report, self.copy, self.as_of.isoformat()) if part)
        return f"{named}.zip"
