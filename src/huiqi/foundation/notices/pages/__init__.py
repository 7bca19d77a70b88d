"""The pages of the messages: one's own, and what an organisation tells people."""

from huiqi.foundation.notices.pages.announcing import announced_list, announced_page, new, withdraw_page
from huiqi.foundation.notices.pages.own import choices, mail, mail_code, mark_read, own_list

__all__ = [
    "announced_list",
    "announced_page",
    "choices",
    "mail",
    "mail_code",
    "mark_read",
    "new",
    "own_list",
    "withdraw_page",
]
