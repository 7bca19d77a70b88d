"""What is kept: contents by their hash, documents that have them, PDFs that were issued, and the files."""

from huiqi.foundation.documents.models.contents import Content, Document
from huiqi.foundation.documents.models.issued import Issued
from huiqi.foundation.documents.models.shelf import LocalShelf, Shelf, shelf

__all__ = ["Content", "Document", "Issued", "LocalShelf", "Shelf", "shelf"]
