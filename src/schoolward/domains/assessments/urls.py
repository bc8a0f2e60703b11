"""Addresses of assessments."""

from django.urls import path

from schoolward.domains.assessments import views

app_name = "assessments"
urlpatterns = [
    path("", views.AssessmentList.as_view(), name="list"),
    path("new/", views.enter, name="enter"),
]
