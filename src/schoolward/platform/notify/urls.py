"""Addresses of topics."""

from django.urls import path

from schoolward.platform.notify import views

app_name = "notify"
urlpatterns = [path("<slug:name>/", views.topic, name="topic")]
