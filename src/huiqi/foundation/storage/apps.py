from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "huiqi.foundation.storage"
    label = "storage"
