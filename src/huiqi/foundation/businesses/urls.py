"""Addresses of businesses and their fact sheets: always those of the business one acts for."""

from django.urls import path

from huiqi.foundation.businesses.pages import binding, own, sheet

app_name = "businesses"
urlpatterns = [
    path("", own.own, name="own"),
    path("open/", own.open_one, name="open"),
    path("bind/", binding.bind_one, name="bind"),
    path("code/", binding.code, name="code"),
    path("sheet/", sheet.sheet, name="sheet"),
    path("sheet/erase/", sheet.erase, name="erase_all"),
    path("sheet/<slug:fact_id>/", sheet.fact, name="fact"),
    path("sheet/<slug:fact_id>/change/", sheet.change, name="change"),
    path("sheet/<slug:fact_id>/correct/", sheet.correct, name="correct"),
    path("sheet/<slug:fact_id>/erase/", sheet.erase, name="erase"),
]
