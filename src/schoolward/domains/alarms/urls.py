"""Addresses under ``/alarms/``."""

from django.urls import path

from schoolward.domains.alarms import views

app_name = "alarms"
urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/hand-overs/", views.hand_overs, name="hand_overs"),
    path("desk/hand-overs/<int:pk>/read/", views.hand_over_read, name="hand_over_read"),
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/<str:number>/", views.case_page, name="case"),
    path("cases/<str:number>/<slug:answer>/", views.answer, name="answer"),
    path("signals/", views.SignalList.as_view(), name="signals"),
    path("signals/<int:pk>/", views.signal_page, name="signal"),
    path("systems/", views.SystemList.as_view(), name="systems"),
    path("systems/new/", views.system_new, name="system_new"),
    path("systems/<int:pk>/", views.system_page, name="system"),
    path("systems/<int:pk>/edit/", views.system_edit, name="system_edit"),
    path("systems/<int:pk>/test/", views.test_begin, name="test_begin"),
    path("systems/<int:pk>/zones/new/", views.zone_new, name="zone_new"),
    path("systems/<int:pk>/schedules/new/", views.schedule_new, name="schedule_new"),
    path("tests/<int:pk>/end/", views.test_end, name="test_end"),
    path("zones/<int:pk>/", views.zone_page, name="zone"),
    path("zones/<int:pk>/edit/", views.zone_edit, name="zone_edit"),
    path("plans/", views.PlanList.as_view(), name="plans"),
    path("plans/new/", views.plan_new, name="plan_new"),
    path("plans/<int:pk>/edit/", views.plan_edit, name="plan_edit"),
    path("contacts/", views.ContactList.as_view(), name="contacts"),
    path("contacts/new/", views.contact_new, name="contact_new"),
    path("contacts/<int:pk>/edit/", views.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/remove/", views.contact_remove, name="contact_remove"),
    path("schedules/", views.ScheduleList.as_view(), name="schedules"),
    path("schedules/<int:pk>/edit/", views.schedule_edit, name="schedule_edit"),
    path("schedules/<int:pk>/remove/", views.schedule_remove, name="schedule_remove"),
    path("lines/", views.LineList.as_view(), name="lines"),
    path("lines/new/", views.line_new, name="line_new"),
    path("lines/<slug:name>/edit/", views.line_edit, name="line_edit"),
    path("receivers/", views.receivers, name="receivers"),
    path("journal/", views.journal, name="journal"),
    path("panel/<int:campus_id>/", views.site_panel, name="panel"),
]
