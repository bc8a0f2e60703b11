"""The reference page of permissions, drawn from what the code declares."""

from __future__ import annotations

from schoolward.platform.access.permissions import all_permissions
from schoolward.platform.access.roles import HUMAN_ROLES


def permissions_page() -> str:
    """``docs/reference/permissions.md``: every permission, in words, with the roles that carry it."""
    lines = [
        "# Permissions",
        "",
        "Written by `schoolward manage access_reference`. A change of a role's rights shows here, in review.",
        "",
        "| permission | what it opens | roles |",
        "|---|---|---|",
    ]
    for permission in all_permissions():
        roles = [role.value for role in HUMAN_ROLES if role in permission.roles]
        named = "everybody with a role" if len(roles) == len(HUMAN_ROLES) else ", ".join(roles)
        lines.append(f"| `{permission.key}` | {permission.title} | {named} |")
    return "\n".join([*lines, ""])
