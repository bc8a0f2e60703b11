"""Addresses of programs' dashboards."""

from django.urls import path

from schoolward.domains.cases.views import dashboards

app_name = "dashboards"
urlpatterns = [
    path("", dashboards.overview, name="list"),
    path("<slug:key>/", dashboards.program, name="program"),
    path("<slug:key>/heads/", dashboards.heads, name="heads"),
    path("<slug:key>/money/", dashboards.money, name="money"),
]
