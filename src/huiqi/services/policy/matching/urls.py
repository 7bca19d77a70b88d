"""Addresses of matching."""

from django.urls import path

from huiqi.services.policy.matching import pages

app_name = "matching"
urlpatterns = [
    path("", pages.form, name="form"),
    path("lookup/", pages.lookup, name="lookup"),
    path("lookup/confirm/", pages.confirm, name="confirm"),
    path("results/", pages.results, name="results"),
    path("save/", pages.save, name="save"),
    path("clear/", pages.clear, name="clear"),
    path("questions/", pages.questions, name="questions"),
    path("questions/<slug:fact_id>/", pages.question, name="question"),
    path("lists/<slug:list_id>/", pages.ticks, name="ticks"),
    path("items/<slug:item_id>/", pages.item, name="item"),
]
