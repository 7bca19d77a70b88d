"""Addresses of the city's numbers."""

from django.urls import path

from huiqi.foundation.parameters import pages

app_name = "parameters"
urlpatterns = [
    path("", pages.all_parameters, name="list"),
    path("<str:key>/", pages.parameter_page, name="parameter"),
    path("<str:key>/export/", pages.export, name="export"),
    path("<str:key>/propose/", pages.propose, name="propose"),
    path("<str:key>/call-off/<int:version>/", pages.call_off, name="call_off"),
    path("<str:key>/approve/<uuid:proposal>/", pages.approve, name="approve"),
    path("<str:key>/refuse/<uuid:proposal>/", pages.refuse, name="refuse"),
    path("<str:key>/withdraw/<uuid:proposal>/", pages.withdraw, name="withdraw"),
]
