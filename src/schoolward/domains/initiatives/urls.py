"""Addresses of initiatives."""

from django.urls import path

from schoolward.domains.initiatives import views

app_name = "initiatives"
urlpatterns = [
    path("", views.InitiativeList.as_view(), name="list"),
    path("goals/", views.goals, name="goals"),
    path("goals/new/", views.add_goal, name="add_goal"),
    path("goals/<slug:key>/edit/", views.change_goal, name="change_goal"),
    path("goals/<slug:key>/remove/", views.remove_goal, name="remove_goal"),
    path("goals/<slug:key>/objectives/new/", views.add_objective, name="add_objective"),
    path("goals/objectives/<slug:key>/edit/", views.change_objective, name="change_objective"),
    path("goals/objectives/<slug:key>/remove/", views.remove_objective, name="remove_objective"),
    path("goals/objectives/<slug:key>/measures/new/", views.link_measure, name="link_measure"),
    path("goals/measures/<int:pk>/edit/", views.change_link, name="change_link"),
    path("goals/measures/<int:pk>/remove/", views.unlink_measure, name="unlink_measure"),
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
