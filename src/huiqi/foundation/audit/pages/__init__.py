"""Pages of those whose data was looked at, and of auditors."""

from huiqi.foundation.audit.pages.auditor import entry_page, export, log_page
from huiqi.foundation.audit.pages.looks import looks_at_me, looks_at_us

__all__ = ["entry_page", "export", "log_page", "looks_at_me", "looks_at_us"]
