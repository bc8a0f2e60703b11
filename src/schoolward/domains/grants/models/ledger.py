"""The ledger: entries that are only added, and what each is proved by and was for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.balances import Kind
from schoolward.analysis.grants.checking import Why
from schoolward.analysis.grants.match import MatchKind
from schoolward.domains.grants.models.awards import MATCH_KINDS, Award, BudgetLine

KINDS: list[tuple[str, object]] = [
    (Kind.BUDGET.value, _("Budget")),
    (Kind.OBLIGATION.value, _("Obligation")),
    (Kind.EXPENDITURE.value, _("Expenditure")),
    (Kind.DRAW.value, _("Draw-down")),
    (Kind.MATCH.value, _("Match")),
]
WITH_LINE = (Kind.BUDGET, Kind.OBLIGATION, Kind.EXPENDITURE)


class AppendOnly(models.Model):
    """A row that says what happened. The database refuses to change it (migration 0002)."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Entry(AppendOnly):
    """One entry of an award's ledger, in signed cents.

    What was wrong is taken back by a counter-entry, which ``reverses`` it. An expenditure that pays an
    obligation, and an obligation that releases a part of one, name it in ``obligation``. ``given_by`` names
    the third party that gave a match; empty, it is the recipient's own. ``external_id`` is the general
    ledger's own number, and ``gl_account`` the account of its row, as one journal has one number and several
    lines: a file that is brought in again finds it by both.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="entries")
    line = models.ForeignKey(
        BudgetLine, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    kind = models.CharField(max_length=11, choices=KINDS)
    amount_cents = models.BigIntegerField()
    on = models.DateField(help_text=_("The day of the transaction."))
    incurred_on = models.DateField(help_text=_("The day that the cost belongs to."))
    document = models.CharField(max_length=80, blank=True)
    payee = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=300)
    external_id = models.CharField(max_length=80, blank=True)
    gl_account = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - see 0004
    match_kind = models.CharField(max_length=8, choices=MATCH_KINDS, blank=True)
    given_by = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - keeps the wall
    adds_to_local_money = models.BooleanField(default=False)
    agreement = models.CharField(max_length=120, blank=True)
    obligation = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    transfer = models.ForeignKey(
        "grants.Transfer", null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    override = models.OneToOneField(
        "grants.OverrideRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="entry"
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["award", "on", "pk"]
        verbose_name = "ledger entry"
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["award", "on"], name="entry_award_on"),
            models.Index(fields=["line", "kind"], name="entry_line_kind"),
            models.Index(fields=["on", "kind"], name="entry_on_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="entry_kind_known"
            ),
            models.CheckConstraint(condition=~Q(amount_cents=0), name="entry_is_of_something"),
            models.CheckConstraint(condition=~Q(description=""), name="entry_says_what"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in WITH_LINE], line__isnull=False)
                | Q(kind__in=[Kind.DRAW.value, Kind.MATCH.value], line__isnull=True),
                name="entry_line_where_it_belongs",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.MATCH.value, match_kind__in=[kind.value for kind in MatchKind])
                | (~Q(kind=Kind.MATCH.value) & Q(match_kind="")),
                name="entry_match_names_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(obligation__isnull=True)
                | Q(kind__in=[Kind.EXPENDITURE.value, Kind.OBLIGATION.value]),
                name="entry_only_costs_pay_obligations",
            ),
            models.CheckConstraint(condition=Q(incurred_on__lte=F("on")), name="entry_incurred_before_paid"),
            models.UniqueConstraint(
                fields=["award", "external_id"],
                condition=~Q(external_id="") & Q(gl_account__isnull=True),
                name="entry_external_id_once",
            ),
            models.UniqueConstraint(
                fields=["award", "external_id", "gl_account"],
                condition=~Q(external_id="") & Q(gl_account__isnull=False),
                name="entry_external_id_once_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.description}"


class Transfer(AppendOnly):
    """Money that moved from one line to another, and what allowed it.

    What was moved by mistake is put back by a counter-transfer, which ``takes_back`` it; neither then counts
    towards the limit of what may move.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="transfers")
    from_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="+")
    to_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="+")
    amount_cents = models.BigIntegerField()
    on = models.DateField()
    reason = models.CharField(max_length=300)
    approval = models.CharField(max_length=120, blank=True, help_text=_("The funder's number or letter."))
    override = models.OneToOneField(
        "grants.OverrideRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="transfer"
    )
    takes_back = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["award", "on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="transfer_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_has_reason"),
            models.CheckConstraint(condition=~Q(from_line=F("to_line")), name="transfer_between_two"),
            models.UniqueConstraint(
                fields=["takes_back"],
                condition=Q(takes_back__isnull=False),
                name="transfer_taken_back_once",
            ),
        ]


class Evidence(AppendOnly):
    """What proves an entry: an invoice, a receipt, a time sheet's number."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="evidence")
    text = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=255, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(file__isnull=False), name="entry_evidence_says_something"
            )
        ]


class PurposeKind(models.TextChoices):
    """What an expenditure can be for."""

    WORK = "work", _("Work")
    FINDING = "finding", _("Finding")
    INITIATIVE = "initiative", _("Initiative or program")
    POSITION = "position", _("Position")


class Purpose(AppendOnly):
    """What a part of an expenditure was for. A link that was wrong is taken back by one of its negative."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="purposes")
    kind = models.CharField(max_length=10, choices=PurposeKind.choices)
    target = models.CharField(max_length=120, help_text=_("The record, as app.Model:number."))
    title = models.CharField(max_length=200)
    amount_cents = models.BigIntegerField()
    takes_back = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry", "pk"]
        indexes = [models.Index(fields=["target"], name="purpose_target")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PurposeKind.values), name="purpose_kind_known"),
            models.CheckConstraint(
                condition=~Q(target="") & ~Q(title="") & ~Q(amount_cents=0), name="purpose_says_what"
            ),
        ]


#: What a second person can let by.
OVERRIDABLE: list[tuple[str, object]] = [
    ("post", _("Entry")),
    ("transfer", _("Transfer")),
    ("reopen", _("Opening a closed award again")),
]


class OverrideState(models.TextChoices):
    """How a request stands."""

    ASKED = "asked", _("Waits for a second person")
    LET_BY = "let_by", _("Let by")
    REFUSED = "refused", _("Refused")


class OverrideRequest(models.Model):
    """An entry or transfer that a rule blocks, asked for with a reason, decided by somebody else.

    ``draft`` holds the arguments of the action that was blocked; letting it by carries that out. ``whys`` are
    all the rules that spoke against it when it was asked for, of which ``why`` is the first.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="overrides")
    rule = models.CharField(max_length=30)
    why = models.CharField(max_length=30)
    whys = models.JSONField(default=list)
    citation = models.CharField(max_length=100)
    message = models.TextField()
    reason = models.TextField()
    action = models.CharField(max_length=8, choices=OVERRIDABLE)
    draft = models.JSONField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    state = models.CharField(max_length=7, choices=OverrideState.choices, default=OverrideState.ASKED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_name = models.CharField(max_length=200, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.CheckConstraint(
                condition=Q(why__in=[why.value for why in Why]), name="override_why_known"
            ),
            models.CheckConstraint(
                condition=Q(state=OverrideState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=OverrideState.ASKED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="override_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="override_two_persons",
            ),
        ]

    @property
    def lets_by(self) -> frozenset[str]:
        """The rules that a decision lets by: those that were asked about."""
        return frozenset(self.whys or [self.why])
