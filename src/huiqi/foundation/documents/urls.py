"""Addresses of the documents, and of the public page that says whether a PDF is genuine."""

from django.urls import path

from huiqi.foundation.documents import pages

app_name = "documents"
urlpatterns = [
    path("documents/", pages.shelf, name="shelf"),
    path("documents/upload/", pages.upload, name="upload"),
    path("documents/<uuid:document_id>/download/", pages.download, name="download"),
    path("documents/<uuid:document_id>/remove/", pages.remove, name="remove"),
    path("documents/issued/", pages.issued_list, name="issued"),
    path("documents/issued/new/", pages.issue, name="issue"),
    path("documents/issued/<uuid:issued_id>/revoke/", pages.revoke, name="revoke"),
    path("verify/", pages.verify, name="verify"),
]
