"""Monthly tracking, under ``/outreach/``. Addresses hold numbers, never a name."""

from django.urls import path

from schoolward.domains.cases.views import outreach

app_name = "outreach"
urlpatterns = [
    path("", outreach.due, name="due"),
    path("cohorts/", outreach.cohorts, name="cohorts"),
    path("referrals/<int:pk>/", outreach.months, name="months"),
    path("referrals/<int:pk>/month/", outreach.month, name="month"),
]
