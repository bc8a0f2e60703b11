"""Django's technical administration, behind our own sign-in: no second door with a password alone."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse

from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.roles import Role
from schoolward.platform.access.views import viewer_of

NOT_HERE = frozenset({"account", "auth", "mfa"})


class PartnershipAdminSite(AdminSite):
    """Open to accounts marked as staff, acting as administrators, whose session passed our sign-in."""

    site_header = site_title = "Schoolward"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leave out what has its own guarded pages: nobody reads or deletes a second factor here."""
        models: list[Any] = (
            [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        )
        kept = [model for model in models if model._meta.app_label not in NOT_HERE]
        super().register(kept, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and viewer_of(request).role == Role.ADMINISTRATOR

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise AccessDenied("access.technical_administration")
        return redirect_to_login(request.GET.get("next", "/admin/"))
