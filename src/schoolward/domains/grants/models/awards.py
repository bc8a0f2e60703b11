"""Awards, their budget lines, what changed them, and the reports that they owe."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.checking import Category, Terms
from schoolward.analysis.grants.clocks import Every, ReportKind
from schoolward.analysis.grants.match import MatchKind, MatchTerms
from schoolward.analysis.grants.rules import Funder

CATEGORIES: list[tuple[str, object]] = [
    (Category.PERSONNEL.value, _("Personnel")),
    (Category.FRINGE.value, _("Fringe benefits")),
    (Category.TRAVEL.value, _("Travel")),
    (Category.EQUIPMENT.value, _("Equipment")),
    (Category.SUPPLIES.value, _("Supplies")),
    (Category.CONTRACTUAL.value, _("Contractual")),
    (Category.CONSTRUCTION.value, _("Construction")),
    (Category.PARTICIPANT.value, _("Participant support")),
    (Category.SUBAWARD.value, _("Subawards")),
    (Category.OTHER.value, _("Other direct costs")),
    (Category.INDIRECT.value, _("Indirect costs")),
]
FUNDERS: list[tuple[str, object]] = [
    (Funder.FEDERAL.value, _("Federal, given to us")),
    (Funder.PASSED_ON.value, _("Federal, passed on to us by a state or another")),
    (Funder.OTHER.value, _("State, local or private")),
]
MATCH_KINDS: list[tuple[str, object]] = [
    (MatchKind.CASH.value, _("Cash")),
    (MatchKind.IN_KIND.value, _("In kind")),
]
REPORT_KINDS: list[tuple[str, object]] = [
    (ReportKind.FINANCIAL.value, _("Financial report")),
    (ReportKind.PROGRESS.value, _("Progress report")),
]
INTERVALS: list[tuple[str, object]] = [
    (Every.QUARTER.value, _("Every quarter")),
    (Every.HALF_YEAR.value, _("Every half year")),
    (Every.YEAR.value, _("Every year")),
]


def categories_in_words(allowed: str) -> str:
    """Categories as ``Award.allowed`` keeps them, by their names."""
    labels = {key: str(label) for key, label in CATEGORIES}
    return ", ".join(labels[part] for part in allowed.split(",") if part)


class Award(models.Model):
    """Money that was given, for a period and on terms.

    ``allowed`` holds the categories that the award may pay for, with commas between; empty allows each that
    has a line. ``final_days`` is what the award itself says of final reports and payments.
    """

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    funder_name = models.CharField(max_length=200)
    funder = models.CharField(max_length=8, choices=FUNDERS, default=Funder.FEDERAL.value)
    number = models.CharField(max_length=60, blank=True)
    aln = models.CharField(max_length=6, blank=True, help_text=_("Assistance listing number, as 16.710."))
    application = models.OneToOneField(
        "grants.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="award"
    )
    amount_cents = models.BigIntegerField()
    awarded_on = models.DateField()
    start = models.DateField()
    end = models.DateField()
    match_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    match_waived_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    match_waiver = models.CharField(max_length=200, blank=True)
    match_in_cash_only = models.BooleanField(default=False)
    counts_match_of_others = models.BooleanField(default=True)
    allowed = models.CharField(max_length=200, blank=True)
    transfer_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    forbids_supplanting = models.BooleanField(default=True)
    may_subaward = models.BooleanField(default=False)
    is_reimbursed = models.BooleanField(default=True)
    holds_draws_when_late = models.BooleanField(default=False)
    final_days = models.PositiveSmallIntegerField(null=True, blank=True)
    financial_every = models.CharField(max_length=9, choices=INTERVALS, default=Every.QUARTER.value)
    progress_every = models.CharField(max_length=9, choices=INTERVALS, default=Every.HALF_YEAR.value)
    terms = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True, help_text=_("Where what is public is written."))
    closed_on = models.DateField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=200, blank=True)
    invented_ledger = models.BooleanField(default=False)
    invented_terms = models.BooleanField(default=False)

    class Meta:
        ordering = ["end", "key"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(funder_name=""), name="award_has_names"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="award_amount_positive"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="award_period_in_order"),
            models.CheckConstraint(
                condition=Q(funder__in=[f.value for f in Funder]), name="award_funder_known"
            ),
            models.CheckConstraint(
                condition=Q(match_percent__gte=0, match_percent__lt=100, match_waived_percent__gte=0)
                & Q(match_waived_percent__lte=F("match_percent")),
                name="award_match_makes_sense",
            ),
            models.CheckConstraint(
                condition=Q(match_waived_percent=0) | ~Q(match_waiver=""), name="award_waiver_is_named"
            ),
            models.CheckConstraint(
                condition=Q(transfer_percent__isnull=True) | Q(transfer_percent__lte=100),
                name="award_transfer_percent_up_to_100",
            ),
            models.CheckConstraint(
                condition=Q(
                    financial_every__in=[e.value for e in Every], progress_every__in=[e.value for e in Every]
                ),
                name="award_report_intervals_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def categories(self) -> frozenset[Category]:
        """The categories that the award may pay for; empty where it does not say."""
        return frozenset(Category(part) for part in self.allowed.split(",") if part)

    @property
    def allowed_in_words(self) -> str:
        """What the award may pay for, by the names of the categories; empty where it does not say."""
        return categories_in_words(self.allowed)

    @property
    def match_terms(self) -> MatchTerms:
        """What the recipient must bring itself."""
        kinds = {MatchKind.CASH} if self.match_in_cash_only else set(MatchKind)
        return MatchTerms(Decimal(self.match_percent), Decimal(self.match_waived_percent), frozenset(kinds))

    @property
    def match_required_cents(self) -> int:
        """The match beside the whole award."""
        return self.match_terms.required_cents(self.amount_cents)

    def as_terms(self) -> Terms:
        """The award as the rules see it."""
        return Terms(
            awarded_on=self.awarded_on,
            start=self.start,
            end=self.end,
            amount=self.amount_cents,
            funder=Funder(self.funder),
            match=self.match_terms,
            categories=self.categories,
            transfer_percent=self.transfer_percent,
            forbids_supplanting=self.forbids_supplanting,
            may_subaward=self.may_subaward,
            is_reimbursed=self.is_reimbursed,
            holds_draws_when_late=self.holds_draws_when_late,
            agreed_days=self.final_days,
            counts_match_of_others=self.counts_match_of_others,
            aln=self.aln,
        )


class BudgetLine(models.Model):
    """One line of an award's budget. How much it holds is the sum of its budget entries."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="lines")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=12, choices=CATEGORIES)

    class Meta:
        ordering = ["award", "code"]
        constraints = [
            models.UniqueConstraint(fields=["award", "code"], name="budget_line_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="budget_line_has_names"),
            models.CheckConstraint(
                condition=Q(category__in=[c.value for c in Category]), name="budget_line_category_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class AmendmentKind(models.TextChoices):
    """What a change of an award is about."""

    EXTENSION = "extension", _("More time at no cost")
    AMOUNT = "amount", _("Another amount")
    SCOPE = "scope", _("Another scope")
    KEY_PERSON = "key_person", _("Change of a key person, or a long absence")
    MATCH = "match", _("Another match, or a waiver")
    TERMS = "terms", _("Other terms")


class Amendment(models.Model):
    """A change of an award that the funder made or approved. Rows that only grow (migration 0002).

    What was and what is stand in the columns of what was changed: the last day, the amount in cents, or the
    match with the points of it that are waived, in percent. The others stay empty.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=10, choices=AmendmentKind.choices)
    approval = models.CharField(max_length=120, help_text=_("The funder's number or letter."))
    approved_on = models.DateField()
    text = models.TextField()
    end_before = models.DateField(null=True, blank=True)
    end_after = models.DateField(null=True, blank=True)
    cents_before = models.BigIntegerField(null=True, blank=True)
    cents_after = models.BigIntegerField(null=True, blank=True)
    match_before = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    match_after = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    waived_before = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    waived_after = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["award", "approved_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AmendmentKind.values), name="amendment_kind_known"),
            models.CheckConstraint(condition=~Q(approval="") & ~Q(text=""), name="amendment_is_approved"),
        ]


class ReportDue(models.Model):
    """A report that an award owes, and when it went out."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=9, choices=REPORT_KINDS)
    start = models.DateField()
    end = models.DateField()
    due = models.DateField()
    is_final = models.BooleanField(default=False)
    submitted_on = models.DateField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due", "award", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["award", "kind", "end"], name="report_due_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="report_period_in_order"),
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True) | Q(submitted_on__gte=F("start")),
                name="report_not_sent_before_its_period",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in ReportKind]), name="report_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["submitted_on", "due"], name="report_due_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start} – {self.end}"  # noqa: RUF001


class LapseAlert(models.Model):
    """That an award's period ends in 180, 90 or 30 days, and what was left then. Raised once each."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="alerts")
    days = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    raised_on = models.DateField()
    unspent_cents = models.BigIntegerField()
    expected_cents = models.BigIntegerField(null=True, blank=True)
    low_cents = models.BigIntegerField(null=True, blank=True)
    high_cents = models.BigIntegerField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["ends_on", "days"]
        constraints = [
            models.UniqueConstraint(fields=["award", "days", "ends_on"], name="lapse_alert_once"),
        ]
