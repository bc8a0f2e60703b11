"""Addresses under ``/collisions/``."""

from django.urls import path

from schoolward.domains.routes.views import collisions

app_name = "collisions"
urlpatterns = [
    path("", collisions.overview, name="overview"),
    path("all", collisions.CollisionList.as_view(), name="list"),
    path("sites/<slug:slug>", collisions.site, name="site"),
    path("points.geojson", collisions.points, name="points"),
    path("<int:pk>", collisions.detail, name="detail"),
]
