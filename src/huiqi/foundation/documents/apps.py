from typing import ClassVar

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "huiqi.foundation.documents"
    label = "documents"
    verbose_name = "材料"
    audit_verbs: ClassVar = {
        "documents.upload": "上传了材料",
        "documents.scan": "查了毒",
        "documents.download": "下载了材料",
        "documents.remove": "删了材料",
        "documents.clean_up": "清理了没有人用的文件",
        "documents.issue_pdf": "出具了文件",
        "documents.revoke_pdf": "撤销了文件",
    }
