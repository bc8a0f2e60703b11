"""Diversion, under ``/diversion/``. Addresses hold numbers, never a name."""

from django.urls import path

from schoolward.domains.cases.views import diversion

app_name = "diversion"
urlpatterns = [
    path("", diversion.caseload, name="caseload"),
    path("rules/", diversion.rules, name="rules"),
    path("by-group/", diversion.by_group, name="by_group"),
    path("youth/<int:pk>/", diversion.of_youth, name="of_youth"),
    path("youth/<int:pk>/new/", diversion.new, name="new"),
    path("cases/<int:pk>/", diversion.case, name="case"),
    path("cases/<int:pk>/facts/", diversion.facts, name="facts"),
    path("cases/<int:pk>/offer/", diversion.offer, name="offer"),
    path("cases/<int:pk>/no-offer/", diversion.no_offer, name="no_offer"),
    path("cases/<int:pk>/decline/", diversion.decline, name="decline"),
    path("cases/<int:pk>/sign/", diversion.sign, name="sign"),
    path("cases/<int:pk>/terms/<int:term>/proof/", diversion.proof, name="proof"),
    path("cases/<int:pk>/end/", diversion.end, name="end"),
    path("cases/<int:pk>/step/", diversion.step, name="step"),
]
