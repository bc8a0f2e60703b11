"""Who did it, as the audit sees it: any object with these attributes (``access.Viewer`` is one)."""

from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """The facts of an actor that an event keeps. Copied, never referenced."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def account_name(self) -> str: ...
    @property
    def membership_id(self) -> int | None: ...
    @property
    def agency_id(self) -> int | None: ...
    @property
    def role(self) -> str: ...
    @property
    def purpose(self) -> str: ...
