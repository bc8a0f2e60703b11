"""Accounts, dated memberships and tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models.agencies import Agency
from schoolward.platform.access.roles import Role


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; e-mail addresses are compared in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser, PermissionsMixin):
    """A person's sign-in. What it may do comes only from its memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("May open the technical administration pages."))
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(null=True)
    sessions_end_before = models.DateTimeField(
        null=True, blank=True, help_text=_("Sessions begun up to this moment have ended.")
    )

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="account_email_given"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships that every caller must ask the same way."""

    def live(self, at: datetime) -> MembershipQuerySet:
        """Memberships that hold at this moment: begun, not ended, neither they nor their agency revoked."""
        day = timezone.localdate(at)
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            valid_from__lte=day,
            revoked_at__isnull=True,
            agency__revoked_at__isnull=True,
        )


class Membership(models.Model):
    """An account acting for an agency in a role, from one date to another, at all or some sites."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=Role.choices)
    all_sites = models.BooleanField(
        default=False, help_text=_("Holds at every site; otherwise only at the sites listed.")
    )
    campuses = models.ManyToManyField("places.Campus", blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    reviewed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When somebody last confirmed that it is still needed.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "role"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.agency}"

    def state(self, at: datetime) -> str:
        """``holds``, ``begins`` later, or ``ended``."""
        if self.holds(at):
            return "holds"
        later = (
            self.revoked_at is None
            and self.agency.revoked_at is None
            and self.valid_from > timezone.localdate(at)
        )
        return "begins" if later else "ended"

    def holds(self, at: datetime) -> bool:
        """What :meth:`MembershipQuerySet.live` asks, of one membership and its account."""
        day = timezone.localdate(at)
        return (
            self.account.is_active
            and self.agency.revoked_at is None
            and self.revoked_at is None
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


class ApiToken(models.Model):
    """A program's key to the API: one membership, some of its permissions, until a date."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name
