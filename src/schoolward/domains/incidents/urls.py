"""Addresses under ``/incidents/``."""

from django.urls import path

from schoolward.domains.incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.IncidentList.as_view(), name="list"),
    path("map/", views.map_page, name="map"),
    path("points.geojson", views.points, name="points"),
    path("trends/", views.trends, name="trends"),
    path("new/", views.enter, name="enter"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("panel/<int:campus_id>/", views.panel, name="panel"),
]
