"""The words of a message and where it goes, made when it is sent."""

from huiqi.foundation.accounts.queries.contacts import contacts_of
from huiqi.foundation.notices.actions.codes import CODE_HOURS, code_of
from huiqi.foundation.notices.domain import Channel, Purpose
from huiqi.foundation.notices.models import Notice, Outgoing, Preference
from huiqi.foundation.storage.fields import Sealed

_FOOT = "您可以登录焦个企惠，在“消息”里查看和更改接收方式。"


def address_of(row: Outgoing) -> Sealed | None:
    """Where a message goes, sealed; None where there is nowhere any more."""
    if row.channel == Channel.SMS:
        contact = contacts_of([str(row.person_id)]).get(str(row.person_id))
        return contact.phone if contact else None
    kept = Preference.objects.filter(pk=row.person_id).first()
    if kept is None or not kept.mail:
        return None
    is_usable = kept.mail_confirmed_at is not None or row.purpose == Purpose.CONFIRM
    return kept.mail if is_usable else None


def text_of(row: Outgoing) -> tuple[str, str] | None:
    """Title and text; no title for a short message. None where there is nothing to say any more."""
    if row.purpose == Purpose.CONFIRM:
        return _confirm_text(row)
    if row.purpose == Purpose.DIGEST:
        return _digest_text(row)
    if row.notice is None:
        return None
    if row.purpose == Purpose.APOLOGY:
        return apology_text(row.notice, Channel(row.channel))
    if row.channel == Channel.SMS:
        return "", row.notice.sms
    return row.notice.title, f"{row.notice.body}\n\n{_FOOT}"


def apology_text(notice: Notice, channel: Channel) -> tuple[str, str]:
    """What is said of a notice that was withdrawn: the reason in full by mail, where there is room."""
    if channel == Channel.SMS:
        return "", f"对不起，刚才发给您的“{notice.title[:20]}”有误，请不要理会。详情请登录焦个企惠查看。"
    text = f"对不起，我们发给您的“{notice.title}”已经撤回，请不要理会。\n原因：{notice.withdrawal_reason}"
    return f"已撤回：{notice.title}", f"{text}\n\n{_FOOT}"


def _digest_text(row: Outgoing) -> tuple[str, str] | None:
    """Those that still stand, the oldest first."""
    notices = [
        each.notice
        for each in row.bundled.select_related("notice").order_by("id")
        if each.notice is not None and each.notice.withdrawn_at is None
    ]
    if not notices:
        return None
    parts = [f"{number}. {each.title}\n{each.body}" for number, each in enumerate(notices, 1)]
    return f"您有 {len(notices)} 条新消息", "\n\n".join([*parts, _FOOT])


def _confirm_text(row: Outgoing) -> tuple[str, str] | None:
    kept = Preference.objects.filter(pk=row.person_id).exclude(mail_nonce="").first()
    if kept is None:
        return None
    text = f"您的确认码是 {code_of(kept.mail_nonce)}，{CODE_HOURS} 小时内有效。"
    return "确认接收消息的邮箱", f"{text}如果不是您本人填写的，请不要理会这封邮件。"
