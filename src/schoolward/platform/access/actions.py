"""Opening, changing and closing accounts and memberships. Each is one transaction and one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from schoolward.platform.access.models import Account, Agency, ApiToken, Membership
from schoolward.platform.access.permissions import check
from schoolward.platform.access.roles import DESCRIPTIONS, Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

ADMINISTER = "access.accounts"


class AccountExists(ValueError):
    """Somebody has this address already."""


class UnfitMembership(ValueError):
    """The membership asked for cannot be: role and agency, sites or dates do not go together."""


class OwnAccount(ValueError):
    """An administrator may not do this to the account that they act through."""


def _subject(account: Account) -> str:
    return f"access.Account:{account.pk}"


def _not_oneself(account: Account, by: Viewer) -> None:
    if account.pk == by.account_id:
        raise OwnAccount("ask another administrator: nobody changes the access of their own account")


@transaction.atomic
def open_account(*, email: str, name: str, by: Viewer, at: datetime) -> Account:
    """Open an account that has no password yet; :func:`invitation_path` lets its owner choose one.

    Raises ``AccountExists`` when the address is taken in any spelling.
    """
    check(by, ADMINISTER)
    email = email.strip().lower()
    if Account.objects.filter(email=email).exists():
        raise AccountExists(f"{email} has an account")
    account = Account.objects.create_user(email, None, name=name.strip(), created_at=at)
    record("access.account_opened", by=by, at=at, subject=_subject(account))
    return account


def invitation_path(account: Account) -> str:
    """The path of the page where a new password is chosen: works once, for three days.

    It is worth a password. Show it to the administrator who opened the account, or mail it to the
    account's own address; never log it.
    """
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    uid, token = key.split("-", 1)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})


@transaction.atomic
def invite_again(*, account: Account, by: Viewer, at: datetime) -> str:
    """A new invitation for somebody who lost theirs or their password; returns its path.

    Sign-in is unlocked with it: who has failed to sign in is who needs a new password.
    """
    check(by, ADMINISTER)
    _not_oneself(account, by)
    AccessAttempt.objects.filter(username=account.email).delete()
    record("access.account_invited", by=by, at=at, subject=_subject(account))
    return invitation_path(account)


@transaction.atomic
def add_membership(
    *,
    account: Account,
    agency: Agency,
    role: str,
    all_sites: bool,
    campus_ids: Sequence[int],
    valid_from: date,
    valid_to: date | None,
    title: str,
    by: Viewer,
    at: datetime,
) -> Membership:
    """Let an account act for an agency in a role. Raises ``UnfitMembership`` with what to mend."""
    check(by, ADMINISTER)
    _not_oneself(account, by)
    description = DESCRIPTIONS[Role(role)]
    if agency.kind not in description.agency_kinds:
        raise UnfitMembership(f"{Role(role).label} is no role of an agency like {agency.name}")
    if all_sites == bool(campus_ids):
        raise UnfitMembership("choose either all sites or the sites that it holds at")
    if role == Role.ADMINISTRATOR and not all_sites:
        raise UnfitMembership("a system administrator keeps the whole installation: choose all sites")
    if valid_to is not None and valid_to < valid_from:
        raise UnfitMembership("the last day lies before the first")
    membership = Membership.objects.create(
        account=account,
        agency=agency,
        role=role,
        all_sites=all_sites,
        valid_from=valid_from,
        valid_to=valid_to,
        title=title,
        reviewed_at=at,
    )
    membership.campuses.set(campus_ids)
    _sync_staff(account)
    record(
        "access.membership_added",
        by=by,
        at=at,
        subject=f"access.Membership:{membership.pk}",
        detail={
            "account": account.pk,
            "agency": agency.key,
            "role": role,
            "campuses": "all" if all_sites else sorted(campus_ids),
            "from": valid_from,
            "to": valid_to,
        },
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, reason: str, by: Viewer, at: datetime) -> None:
    """Take a membership away at once: its next request finds nothing. Its tokens end with it."""
    check(by, ADMINISTER)
    _not_oneself(membership.account, by)
    if membership.revoked_at is not None:
        return
    membership.revoked_at = at
    membership.save(update_fields=["revoked_at"])
    ended = ApiToken.objects.filter(membership=membership, revoked_at__isnull=True).update(revoked_at=at)
    _sync_staff(membership.account)
    record(
        "access.membership_ended",
        by=by,
        at=at,
        subject=f"access.Membership:{membership.pk}",
        detail={"account": membership.account_id, "reason": reason[:200], "tokens": ended},
    )


@transaction.atomic
def confirm_membership(*, membership: Membership, by: Viewer, at: datetime) -> None:
    """Confirm in an access review that the membership is still needed."""
    check(by, "access.review")
    _not_oneself(membership.account, by)
    membership.reviewed_at = at
    membership.save(update_fields=["reviewed_at"])
    record("access.membership_confirmed", by=by, at=at, subject=f"access.Membership:{membership.pk}")


@transaction.atomic
def end_sessions(*, account: Account, by: Viewer, at: datetime) -> None:
    """Sign the account out everywhere: an administrator anybody, everybody themselves."""
    if account.pk != by.account_id:
        check(by, ADMINISTER)
    account.sessions_end_before = at
    account.save(update_fields=["sessions_end_before"])
    record("access.sessions_ended", by=by, at=at, subject=_subject(account))


@transaction.atomic
def close_account(*, account: Account, reason: str, by: Viewer, at: datetime) -> None:
    """Close an account: no sign-in, no session, no token. Its past stays on the record."""
    check(by, ADMINISTER)
    _not_oneself(account, by)
    account.is_active = False
    account.sessions_end_before = at
    account.save(update_fields=["is_active", "sessions_end_before"])
    ended = ApiToken.objects.filter(membership__account=account, revoked_at__isnull=True).update(
        revoked_at=at
    )
    record(
        "access.account_closed",
        by=by,
        at=at,
        subject=_subject(account),
        detail={"reason": reason[:200], "tokens": ended},
    )


@transaction.atomic
def reopen_account(*, account: Account, by: Viewer, at: datetime) -> None:
    """Open a closed account again. Memberships that were ended stay ended."""
    check(by, ADMINISTER)
    _not_oneself(account, by)
    account.is_active = True
    account.save(update_fields=["is_active"])
    record("access.account_reopened", by=by, at=at, subject=_subject(account))


@transaction.atomic
def reset_second_factor(*, account: Account, by: Viewer, at: datetime) -> None:
    """Forget a lost second factor and end every session; the next sign-in enrols a new one."""
    check(by, ADMINISTER)
    _not_oneself(account, by)
    forgotten = Authenticator.objects.filter(user=account).delete()[0]
    account.sessions_end_before = at
    account.save(update_fields=["sessions_end_before"])
    record(
        "access.second_factor_reset",
        by=by,
        at=at,
        subject=_subject(account),
        detail={"forgotten": forgotten},
    )


def is_locked(account: Account, at: datetime) -> bool:
    """Whether sign-in is locked for the account, from any address, after too many failures."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    failures = AccessAttempt.objects.filter(username=account.email, attempt_time__gte=since)
    return failures.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()


@transaction.atomic
def unlock(*, account: Account, by: Viewer, at: datetime) -> None:
    """Let somebody try again at once whose sign-in is locked after too many failures."""
    check(by, ADMINISTER)
    _not_oneself(account, by)
    forgotten = AccessAttempt.objects.filter(username=account.email).delete()[0]
    record("access.unlocked", by=by, at=at, subject=_subject(account), detail={"addresses": forgotten})


def _sync_staff(account: Account) -> None:
    """The technical administration is open to those who hold the administrator's role, and to no others."""
    held = account.memberships.filter(role=Role.ADMINISTRATOR, revoked_at__isnull=True).exists()
    if account.is_staff != held:
        account.is_staff = account.is_superuser = held
        account.save(update_fields=["is_staff", "is_superuser"])
