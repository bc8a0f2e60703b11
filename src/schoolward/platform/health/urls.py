"""Addresses for load balancers and supervisors, as they expect them."""

from django.urls import path

from schoolward.platform.health import views

app_name = "health"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
]
