"""Addresses of initiatives."""

from django.urls import path

from schoolward.domains.initiatives import views

app_name = "initiatives"
urlpatterns = [
    path("", views.InitiativeList.as_view(), name="list"),
    path("goals/", views.goals, name="goals"),
    path("new/", views.open_new, name="open"),
    path("milestones/<int:pk>/reached/", views.reach_milestone, name="reach_milestone"),
    path("obstacles/<int:pk>/cleared/", views.clear_blocker, name="clear_blocker"),
    path("<slug:key>/", views.detail, name="detail"),
    path("<slug:key>/report/", views.report, name="report"),
    path("<slug:key>/line/", views.report_line, name="report_line"),
    path("<slug:key>/edit/", views.edit, name="edit"),
    path("<slug:key>/due/", views.change_due, name="change_due"),
    path("<slug:key>/close/", views.close, name="close"),
    path("<slug:key>/reopen/", views.reopen, name="reopen"),
    path("<slug:key>/milestones/new/", views.add_milestone, name="add_milestone"),
    path("<slug:key>/obstacles/new/", views.raise_blocker, name="raise_blocker"),
    path("<slug:key>/agenda/", views.agenda, name="agenda"),
    path("<slug:key>/met/", views.hold_meeting, name="hold_meeting"),
    path("<slug:key>/decisions/new/", views.decide, name="decide"),
]
