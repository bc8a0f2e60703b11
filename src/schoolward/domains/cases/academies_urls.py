"""Academies, under ``/academies/``. Addresses hold numbers, never a name."""

from django.urls import path

from schoolward.domains.cases.views import academies

app_name = "academies"
urlpatterns = [
    path("", academies.cohort_list, name="list"),
    path("new/", academies.cohort_new, name="new"),
    path("to-approve/", academies.waiting, name="waiting"),
    path("completion/", academies.completion, name="completion"),
    path("<int:pk>/", academies.cohort, name="cohort"),
    path("<int:pk>/staff/", academies.staff, name="staff"),
    path("<int:pk>/staff/<int:account>/end/", academies.staff_end, name="staff_end"),
    path("<int:pk>/join/", academies.join, name="join"),
    path("<int:pk>/day/", academies.day, name="day"),
    path("students/<int:pk>/", academies.member, name="member"),
    path("students/<int:pk>/leave/", academies.leave, name="leave"),
    path("students/<int:pk>/hours/", academies.hours, name="hours"),
    path("hours/<int:pk>/decide/", academies.decide, name="decide"),
]
