"""Addresses of the calculator."""

from django.urls import path

from huiqi.services.policy.calculator import pages

app_name = "calculator"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:item_id>/", pages.item, name="item"),
]
