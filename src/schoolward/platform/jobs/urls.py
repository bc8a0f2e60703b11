"""Addresses of the jobs' pages."""

from django.urls import path

from schoolward.platform.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<uuid:job_id>/", views.job_detail, name="detail"),
]
