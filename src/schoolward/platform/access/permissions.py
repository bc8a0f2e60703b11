"""Permissions for pages and actions. A domain declares them in its ``policy.py``; unlisted is denied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.roles import HUMAN_ROLES, Role
from schoolward.platform.access.viewer import Viewer


class AccessDenied(Exception):
    """The viewer lacks a permission, or the row is not theirs to see. Carries no record content."""

    def __init__(self, permission: str, subject: str = "") -> None:
        super().__init__(f"not permitted: {permission}")
        self.permission = permission
        self.subject = subject


@dataclass(frozen=True)
class Permission:
    """One thing that may be done, in words, and the roles that may do it."""

    key: str
    title: str | Promise
    roles: frozenset[str]


EVERYONE: tuple[Role, ...] = HUMAN_ROLES
_permissions: dict[str, Permission] = {}


def declare(key: str, title: str | Promise, roles: Iterable[str]) -> Permission:
    """Add a permission to the registry. Raises ``ValueError`` when the key is taken."""
    if key in _permissions:
        raise ValueError(f"permission {key} is declared twice")
    _permissions[key] = Permission(key, title, frozenset(str(role) for role in roles))
    return _permissions[key]


def all_permissions() -> list[Permission]:
    """Every declared permission, by key."""
    return [_permissions[key] for key in sorted(_permissions)]


def title_of(key: str) -> str:
    """What a permission opens, in words. Raises ``KeyError`` for an undeclared one."""
    return str(_permissions[key].title)


def may(viewer: Viewer, key: str) -> bool:
    """Whether the viewer's role (and token's scope) carries it. An undeclared key raises ``KeyError``."""
    permission = _permissions[key]
    if viewer.scopes is not None and key not in viewer.scopes:
        return False
    return viewer.is_system or viewer.role in permission.roles


def check(viewer: Viewer, key: str, subject: str = "") -> None:
    """Raise ``AccessDenied`` unless the viewer may."""
    if not may(viewer, key):
        raise AccessDenied(key, subject)


declare("access.accounts", _("Open, change and close accounts and memberships"), [Role.ADMINISTRATOR])
declare("access.review", _("Review who has access to what"), [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
declare("access.tokens", _("Make tokens for programs that act through the own membership"), EVERYONE)
declare(
    "audit.view",
    _("Read and verify the audit"),
    [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.ACCOUNTABILITY],
)
declare(
    "sharing.view",
    _("See the sharing agreements of the own agency"),
    [
        Role.LEAD,
        Role.SCHOOL_RESOURCE_OFFICER,
        Role.SITE_LEAD,
        Role.PROGRAM_COORDINATOR,
        Role.PROVIDER,
        Role.ACCOUNTABILITY,
        Role.TRUSTEE,
        Role.REGIONAL_PARTNER,
        Role.PRIVACY_OFFICER,
        Role.SECRETARY,
        Role.ADMINISTRATOR,
    ],
)
declare("sharing.draft", _("Draw up sharing agreements"), [Role.LEAD, Role.PRIVACY_OFFICER])
declare(
    "sharing.sign",
    _("Sign sharing agreements for the own agency, and revoke them"),
    [
        Role.LEAD,
        Role.TRUSTEE,
        Role.PRIVACY_OFFICER,
        Role.SITE_LEAD,
        Role.PROVIDER,
        Role.REGIONAL_PARTNER,
        Role.SECRETARY,
    ],
)
declare(
    "consents.view",
    _("See the consents that the own agency keeps"),
    [Role.PROGRAM_COORDINATOR, Role.PROVIDER, Role.PRIVACY_OFFICER],
)
declare("consents.keep", _("Record and withdraw consents"), [Role.PROGRAM_COORDINATOR, Role.PRIVACY_OFFICER])
declare("sealing.order", _("Order that records be sealed, and seal them"), [Role.PRIVACY_OFFICER])
declare("sealing.lift", _("Lift a seal that somebody else has set"), [Role.PRIVACY_OFFICER, Role.LEAD])
declare(
    "emergency.open",
    _("Break the glass: an emergency look at one person's records, for three hours"),
    [
        Role.LEAD,
        Role.SCHOOL_RESOURCE_OFFICER,
        Role.ALARM_OPERATOR,
        Role.SITE_LEAD,
        Role.PROGRAM_COORDINATOR,
    ],
)
declare("emergency.review", _("Judge emergency looks of others"), [Role.LEAD, Role.PRIVACY_OFFICER])
declare(
    "persons.find",
    _("Find the reference of a person of the own agency by name and day of birth"),
    [Role.PRIVACY_OFFICER],
)
declare(
    "disclosures.view", _("Read and hand out the log of who read a person's records"), [Role.PRIVACY_OFFICER]
)
declare(
    "retention.view",
    _("See how long records are kept, how many are due, and what was disposed of"),
    [Role.PRIVACY_OFFICER, Role.LEAD],
)
declare("retention.set", _("Set how long records are kept"), [Role.PRIVACY_OFFICER])
declare("holds.place", _("Hold records for litigation, and lift holds"), [Role.PRIVACY_OFFICER, Role.LEAD])
declare("disposal.propose", _("Propose that records which are due be disposed of"), [Role.PRIVACY_OFFICER])
declare(
    "disposal.review",
    _("Review what somebody else proposes to dispose of, and carry it out"),
    [Role.PRIVACY_OFFICER, Role.LEAD],
)
