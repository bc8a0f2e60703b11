"""Pages about protected records, under ``/privacy/``."""

from django.urls import path

from schoolward.domains.privacy.views import agreements, consents, disclosures, emergencies, sealings

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
    path("emergency", emergencies.break_the_glass, name="emergency"),
    path("emergencies", emergencies.to_review, name="emergencies"),
    path("emergencies/<int:pk>/judge", emergencies.judge, name="emergency_judge"),
    path("disclosures", disclosures.log, name="disclosures"),
]
