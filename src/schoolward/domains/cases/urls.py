"""Addresses of cases. None of them holds a name or a number of a student."""

from django.urls import path

from schoolward.domains.cases.views import (
    board,
    discipline,
    identity,
    keeping,
    pages,
    performance,
    roster,
    steps,
    work,
)

app_name = "cases"
urlpatterns = [
    path("", board.Board.as_view(), name="board"),
    path("who-is-who/", identity.who_is_who, name="who_is_who"),
    path("who-is-who/<int:pk>/", identity.pair, name="pair"),
    path("who-is-who/<int:pk>/undo/", identity.pair_undo, name="pair_undo"),
    path("roster/", roster.waiting, name="roster"),
    path("roster/<int:pk>/take-over/", roster.take_over, name="roster_take_over"),
    path("roster/<int:pk>/leave/", roster.leave, name="roster_leave"),
    path("discipline/", discipline.Incidents.as_view(), name="discipline"),
    path("discipline/removals/", discipline.removal_table, name="removals"),
    path("discipline/removals.csv", discipline.removal_csv, name="removals_csv"),
    path("refer/", board.refer, name="refer"),
    path("referred/", board.Referred.as_view(), name="referred"),
    path("work/", work.work, name="work"),
    path("performance/", performance.table, name="performance"),
    path("performance.csv", performance.table_csv, name="performance_csv"),
    path("referrals/<int:pk>/", pages.referral, name="referral"),
    path("referrals/<int:pk>/take/", steps.take, name="take"),
    path("referrals/<int:pk>/contact/", steps.contact, name="contact"),
    path("referrals/<int:pk>/match/", pages.match, name="match"),
    path("referrals/<int:pk>/program/", steps.program, name="program"),
    path("referrals/<int:pk>/consent/", steps.consent, name="consent"),
    path("referrals/<int:pk>/start/", steps.start, name="start"),
    path("referrals/<int:pk>/complete/", steps.complete, name="complete"),
    path("referrals/<int:pk>/end/", steps.end, name="end"),
    path("referrals/<int:pk>/reopen/", steps.reopen, name="reopen"),
    path("referrals/<int:pk>/pass-on/", steps.pass_on, name="pass_on"),
    path("referrals/<int:pk>/goals/new/", keeping.goal_new, name="goal_new"),
    path("referrals/<int:pk>/services/new/", keeping.service_new, name="service_new"),
    path("referrals/<int:pk>/follow-up/", keeping.follow_up, name="follow_up"),
    path("goals/<int:pk>/review/", keeping.goal_review, name="goal_review"),
    path("services/<int:pk>/sessions/", keeping.sessions, name="sessions"),
    path("youths/<int:pk>/", pages.youth, name="youth"),
    path("youths/<int:pk>/edit/", keeping.youth_edit, name="youth_edit"),
    path("youths/<int:pk>/guardians/new/", keeping.guardian_new, name="guardian_new"),
    path("guardians/<int:pk>/edit/", keeping.guardian_edit, name="guardian_edit"),
]
