"""Choosing a membership and a purpose. The pages about accounts are in the domain ``people``."""

from django.urls import path

from schoolward.platform.access import acting

app_name = "access"
urlpatterns = [
    path("act-as", acting.act_as, name="act_as"),
    path("purpose", acting.state_purpose, name="purpose"),
]
