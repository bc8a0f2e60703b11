"""Addresses of the reports."""

from django.urls import path

from schoolward.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="list"),
    path("new/<slug:report>", views.new, name="new"),
    path("site-profiles/", views.profiles, name="profiles"),
    path("site-profiles/batch/", views.batch_new, name="batch_new"),
    path("site-profiles/<slug:slug>/plan/", views.profile_plan, name="profile_plan"),
    path("site-profiles/<slug:slug>/photos/<int:pk>/", views.profile_photo, name="profile_photo"),
    path("site-profiles/<slug:slug>/<slug:copy>/", views.profile_page, name="profile"),
    path("site-profiles/<slug:slug>/<slug:copy>/<slug:kind>", views.profile_file, name="profile_file"),
    path("corrective-actions/", views.corrective_actions, name="corrective_actions"),
    path("who-read-what.pdf", views.disclosure_log_file, name="disclosure_log_file"),
    path("funding-plans/<int:pk>/letters/", views.plan_letters, name="plan_letters"),
    path("funding-plans/<int:pk>/letters/<slug:key>/", views.plan_letter, name="plan_letter"),
    path(
        "funding-plans/<int:pk>/letters/<slug:key>/files/<slug:kind>",
        views.plan_letter_file,
        name="plan_letter_file",
    ),
    path("funding-plans/<int:pk>/board-item/", views.plan_board_item, name="plan_board_item"),
    path(
        "funding-plans/<int:pk>/board-item/files/<slug:kind>",
        views.plan_board_item_file,
        name="plan_board_item_file",
    ),
    path("route-application/files/<slug:kind>", views.route_application_file, name="route_application_file"),
    path("award-packs/<slug:key>/", views.award_pack, name="award_pack"),
    path("award-packs/<slug:key>/files/<slug:kind>", views.award_pack_file, name="award_pack_file"),
    path(
        "corrective-actions/files/<slug:kind>", views.corrective_actions_file, name="corrective_actions_file"
    ),
    path("batches/<int:pk>/", views.batch, name="batch"),
    path("batches/<int:pk>/file", views.batch_file, name="batch_file"),
    path("panel/<int:campus_id>/", views.site_panel, name="site_panel"),
    path("<int:pk>/", views.edition, name="edition"),
    path("<int:pk>/sections/<slug:key>/", views.section, name="section"),
    path("<int:pk>/sections/<slug:key>/preview", views.section_preview, name="section_preview"),
    path("<int:pk>/form/", views.form, name="form"),
    path("<int:pk>/minutes/", views.minutes, name="minutes"),
    path("<int:pk>/discard", views.discard, name="discard"),
    path("<int:pk>/difference/", views.changes, name="difference"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/sign/<slug:step>", views.take_step, name="take_step"),
    path("<int:pk>/numbers/sign", views.sign_unjudged, name="sign_unjudged"),
    path("<int:pk>/numbers/<int:position>", views.number, name="number"),
    path("<int:pk>/numbers/<int:position>/sign", views.sign_number, name="sign_number"),
    path("<int:pk>/corrections/", views.correction, name="correction"),
    path("<int:pk>/files/<slug:kind>", views.download, name="download"),
]
