"""Addresses of cases."""

from django.urls import path

from huiqi.foundation.cases import pages

app_name = "cases"
urlpatterns = [
    path("", pages.desk_page, name="desk"),
    path("own/", pages.own_cases, name="own"),
    path("hand-over/", pages.hand_over_cases, name="hand_over"),
    path("follow/<str:receipt>/", pages.follow, name="follow"),
    path("<slug:number>/", pages.case_page, name="case"),
    path("<slug:number>/advance/", pages.advance_case, name="advance"),
    path("<slug:number>/note/", pages.note_case, name="note"),
    path("<slug:number>/pause/", pages.pause_case, name="pause"),
    path("<slug:number>/resume/", pages.resume_case, name="resume"),
    path("<slug:number>/transfer/", pages.transfer_case, name="transfer"),
]
