"""Where each part of the site is mounted. A domain that has a ``urls`` module lives at ``/<domain>/``."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from schoolward.config.domains import DOMAINS
from schoolward.platform.access.views import closed


def _mounted(prefix: str, module: str) -> list[URLPattern | URLResolver]:
    """The module's URLs under the prefix, or nothing where the part has no pages."""
    return [path(prefix, include(module))] if find_spec(module) else []


handler500 = "schoolward.platform.ui.errors.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    *_mounted("", "schoolward.home.urls"),
    *_mounted("", "schoolward.platform.health.urls"),
    path("accounts/email/", closed, name="account_email"),  # an administrator changes addresses
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    *_mounted("api/", "schoolward.api.urls"),
    *_mounted("reports/", "schoolward.reports.urls"),
    *_mounted("imports/", "schoolward.platform.exchange.urls"),
    *_mounted("jobs/", "schoolward.platform.jobs.urls"),
    *_mounted("files/", "schoolward.platform.files.urls"),
    *_mounted("audit/", "schoolward.domains.people.trail_urls"),
    *_mounted("openrosa/", "schoolward.domains.assessments.openrosa_urls"),
    *_mounted("centre/", "schoolward.domains.cases.centre_urls"),
    *_mounted("diversion/", "schoolward.domains.cases.diversion_urls"),
    *_mounted("collisions/", "schoolward.domains.routes.collision_urls"),
    *_mounted("walk-to-school/", "schoolward.domains.routes.public_urls"),
    *_mounted("classes/", "schoolward.domains.cases.classes_urls"),
    *_mounted("outreach/", "schoolward.domains.cases.outreach_urls"),
    *_mounted("dashboards/", "schoolward.domains.cases.dashboards_urls"),
    *_mounted("academies/", "schoolward.domains.cases.academies_urls"),
    *_mounted("access/", "schoolward.platform.access.urls"),
    *_mounted("stream/", "schoolward.platform.notify.urls"),
]
for name in DOMAINS:
    urlpatterns += _mounted(f"{name}/", f"schoolward.domains.{name}.urls")
