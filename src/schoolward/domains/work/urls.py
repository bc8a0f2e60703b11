"""Addresses of work."""

from django.urls import path

from schoolward.domains.work import views

app_name = "work"
urlpatterns = [
    path("", views.WorkList.as_view(), name="list"),
    path("board/", views.board, name="board"),
    path("new/", views.propose, name="propose"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/due/", views.change_due, name="change_due"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/evidence/", views.add_evidence, name="add_evidence"),
    path("<int:pk>/move/<slug:move>/", views.make_move, name="move"),
    path("evidence/<int:pk>/file/", views.evidence_file, name="evidence_file"),
    path("panel/<int:campus_id>/", views.site_panel, name="site_panel"),
]
