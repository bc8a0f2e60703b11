"""Puts our technical administration in the place of Django's. Imports no models: apps load first."""

from django.contrib.admin.apps import AdminConfig


class PartnershipAdminConfig(AdminConfig):
    """Replaces ``django.contrib.admin`` in ``INSTALLED_APPS``."""

    default_site = "schoolward.platform.access.admin_site.PartnershipAdminSite"
