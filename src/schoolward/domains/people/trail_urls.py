"""The audit viewer, under ``/audit/``."""

from django.urls import path

from schoolward.domains.people.views import trail

app_name = "audit"
urlpatterns = [
    path("", trail.AuditTrail.as_view(), name="list"),
    path("verify", trail.verification, name="verify"),
]
