"""Addresses of OpenRosa 1.0, below ``/openrosa``: the server's address as ODK Collect is told it."""

from django.urls import path

from schoolward.domains.assessments.views import openrosa

app_name = "openrosa"
urlpatterns = [
    path("formList", openrosa.form_list, name="form_list"),
    path("forms/<int:pk>/form.xml", openrosa.form, name="form"),
    path("forms/<int:pk>/manifest", openrosa.manifest, name="manifest"),
    path("forms/<int:pk>/media/<str:name>", openrosa.media, name="media"),
    path("submission", openrosa.submission, name="submission"),
]
