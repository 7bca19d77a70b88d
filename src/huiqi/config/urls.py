"""All addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("huiqi.portal.urls")),
    path("modes/", include("huiqi.foundation.look.urls")),
    path("cases/", include("huiqi.foundation.cases.urls")),
    path("notices/", include("huiqi.foundation.notices.urls")),
    path("accounts/", include("huiqi.foundation.accounts.urls")),
    path("consents/", include("huiqi.foundation.consent.urls")),
    path("parameters/", include("huiqi.foundation.parameters.urls")),
    path("businesses/", include("huiqi.foundation.businesses.urls")),
    path("policies/", include("huiqi.services.policy.library.urls")),
    path("matching/", include("huiqi.services.policy.matching.urls")),
    path("calculator/", include("huiqi.services.policy.calculator.urls")),
    path("", include("huiqi.foundation.documents.urls")),
    path("", include("huiqi.foundation.audit.urls")),
]
