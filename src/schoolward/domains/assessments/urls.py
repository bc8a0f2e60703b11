"""Addresses of assessments."""

from django.urls import path

from schoolward.domains.assessments import views

app_name = "assessments"
urlpatterns = [
    path("", views.AssessmentList.as_view(), name="list"),
    path("new/", views.enter, name="enter"),
    path("plan/", views.plan, name="plan"),
    path("sites/", views.grid, name="grid"),
    path("panel/<int:campus_id>/", views.site_panel, name="site_panel"),
    path("sites/<int:campus_id>/plan/", views.site_plan, name="site_plan"),
    path("sites/<int:campus_id>/plan/file/", views.site_plan_file, name="site_plan_file"),
    path("sites/<int:campus_id>/again/", views.ask_again, name="ask_again"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/start/", views.start, name="start"),
    path("<int:pk>/review/", views.review, name="review"),
    path("walks/<int:pk>/", views.walk, name="walk"),
    path("walks/<int:pk>/answer/", views.answer, name="answer"),
    path("walks/<int:pk>/as-last-time/", views.as_last_time, name="as_last_time"),
    path("walks/<int:pk>/photo/<str:code>/", views.photo_add, name="photo_add"),
    path("walks/<int:pk>/submit/", views.submit, name="submit"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("findings/", views.FindingList.as_view(), name="findings"),
    path("findings/bundles/", views.bundles, name="bundles"),
    path("findings/bundles/accept/", views.accept_bundle, name="accept_bundle"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("findings/<int:pk>/accept/", views.accept, name="accept"),
    path("findings/<int:pk>/decline/", views.decline, name="decline"),
    path("findings/<int:pk>/covered/", views.cover, name="cover"),
    path("reinspections/", views.reinspections, name="reinspections"),
    path("reinspections/<int:pk>/start/", views.reinspect, name="reinspect"),
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/new/", views.add_instrument, name="add_instrument"),
    path("instruments/<int:pk>/", views.instrument, name="instrument"),
    path("instruments/<int:pk>/file/", views.instrument_file, name="instrument_file"),
    path("codes/", views.points, name="points"),
    path("codes/new/", views.point_new, name="point_new"),
    path("codes/<int:pk>/print/", views.point_print, name="point_print"),
    path("codes/<int:pk>/end/", views.point_end, name="point_end"),
    path("report/<str:token>/", views.report, name="report"),
    path("defects/", views.DefectList.as_view(), name="defects"),
    path("defects/<int:pk>/", views.defect_report, name="defect_report"),
    path("preventive/", views.plans, name="plans"),
    path("preventive/new/", views.plan_new, name="plan_new"),
    path("preventive/<int:pk>/", views.plan_edit, name="plan_edit"),
]
