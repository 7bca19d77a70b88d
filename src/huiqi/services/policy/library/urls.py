"""Addresses of the library."""

from django.urls import path

from huiqi.services.policy.library import pages

app_name = "library"
urlpatterns = [
    path("", pages.item_list, name="list"),
    path("suggest/", pages.suggestions, name="suggest"),
    path("<slug:item_id>/", pages.item_page, name="item"),
    path("<slug:item_id>/history/", pages.history, name="history"),
    path("<slug:item_id>/poster/", pages.poster, name="poster"),
    path("<slug:item_id>/mistake/", pages.mistake, name="mistake"),
]
