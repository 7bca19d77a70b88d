from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "huiqi.services.policy.library"
    label = "library"
    verbose_name = "政策库"
