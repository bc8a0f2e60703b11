"""Pages about protected records, under ``/privacy/``."""

from django.urls import path

from schoolward.domains.privacy.views import (
    agreements,
    consents,
    disclosures,
    disposals,
    emergencies,
    persons,
    retention,
    sealings,
)

app_name = "privacy"
urlpatterns = [
    path("agreements", agreements.AgreementList.as_view(), name="agreements"),
    path("agreements/new", agreements.draw_up, name="agreement_new"),
    path("agreements/<int:pk>", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/sign", agreements.sign, name="agreement_sign"),
    path("agreements/<int:pk>/revoke", agreements.revoke, name="agreement_revoke"),
    path("consents", consents.ConsentList.as_view(), name="consents"),
    path("consents/new", consents.keep, name="consent_new"),
    path("consents/<int:pk>/withdraw", consents.withdraw, name="consent_withdraw"),
    path("sealings", sealings.SealingList.as_view(), name="sealings"),
    path("sealings/new", sealings.order, name="sealing_new"),
    path("sealings/<int:pk>/seal", sealings.seal, name="seal"),
    path("sealings/in-force", sealings.SealList.as_view(), name="seals"),
    path("sealings/<int:pk>/lift", sealings.lift, name="seal_lift"),
    path("emergency", emergencies.break_the_glass, name="emergency"),
    path("emergency/<int:pk>", emergencies.look_at, name="emergency_look"),
    path("emergencies", emergencies.to_review, name="emergencies"),
    path("emergencies/<int:pk>/judge", emergencies.judge, name="emergency_judge"),
    path("persons", persons.find, name="person_find"),
    path("disclosures", disclosures.log, name="disclosures"),
    path("retention", retention.retention, name="retention"),
    path("retention/schedules", retention.ScheduleList.as_view(), name="schedules"),
    path("retention/schedules/new", retention.set_schedule, name="schedule_new"),
    path("retention/schedules/<int:pk>/propose", disposals.propose, name="disposal_propose"),
    path("retention/holds", retention.HoldList.as_view(), name="holds"),
    path("retention/holds/new", retention.place_hold, name="hold_new"),
    path("retention/holds/<int:pk>/lift", retention.lift_hold, name="hold_lift"),
    path("retention/certificates", retention.CertificateList.as_view(), name="certificates"),
    path("retention/disposals/<int:pk>", disposals.disposal, name="disposal"),
    path("retention/disposals/<int:pk>/review", disposals.review, name="disposal_review"),
    path("retention/disposals/<int:pk>/carry-out", disposals.carry, name="disposal_carry_out"),
    path("retention/rows/<int:pk>/take-out", disposals.take_out, name="disposal_take_out"),
]
