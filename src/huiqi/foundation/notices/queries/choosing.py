"""What people chose."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from huiqi.foundation.notices.domain import Channel, Choices, MailMode, QuietHours
from huiqi.foundation.notices.models import Preference
from huiqi.foundation.notices.queries.kinds import notice_kinds, offered_channels, usual_quiet_hours


@dataclass(frozen=True, slots=True)
class SwitchableKind:
    """A kind somebody may switch off outside the site."""

    name: str
    words: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class OwnChoices:
    """What somebody sees of their own choices. ``mail`` is masked; ``is_mail_asked`` says that a code was
    sent to it which nobody has typed in yet. ``kept_kinds`` are those nobody may switch off.
    """

    offered: frozenset[Channel]
    is_sms_wanted: bool
    mail_mode: MailMode
    quiet: QuietHours
    usual_quiet: QuietHours
    has_own_quiet: bool
    mail: str
    has_mail: bool
    is_mail_asked: bool
    kinds: tuple[SwitchableKind, ...]
    kept_kinds: tuple[str, ...]


def choices_of(person_ids: Collection[str], as_of: date) -> Mapping[str, Choices]:
    """The choices of everybody asked for; who never chose has the usual ones."""
    quiet = usual_quiet_hours(as_of)
    kept = {str(row.pk): _choices(row, quiet) for row in Preference.objects.filter(person_id__in=person_ids)}
    return {person_id: kept.get(person_id, Choices(quiet)) for person_id in person_ids}


def own_choices(person_id: str, role: str, as_of: date) -> OwnChoices:
    """What ``person_id`` chose; only the kinds ``role`` may switch off can be switched."""
    row = Preference.objects.filter(person_id=person_id).first() or Preference()
    usual = usual_quiet_hours(as_of)
    choices = _choices(row, usual)
    kinds = notice_kinds().values()
    return OwnChoices(
        offered=offered_channels(),
        is_sms_wanted=choices.is_sms_wanted,
        mail_mode=choices.mail_mode,
        quiet=choices.quiet,
        usual_quiet=usual,
        has_own_quiet=row.quiet_from is not None,
        mail=_masked(row),
        has_mail=choices.has_mail,
        is_mail_asked=bool(row.mail_nonce),
        kinds=tuple(
            SwitchableKind(kind.name, kind.words, kind.name not in choices.muted)
            for kind in kinds
            if kind.may_be_switched_off_by(role)
        ),
        kept_kinds=tuple(kind.words for kind in kinds if not kind.switched_off_by),
    )


def _choices(row: Preference, usual: QuietHours) -> Choices:
    has_own = row.quiet_from is not None and row.quiet_until is not None
    return Choices(
        quiet=QuietHours(row.quiet_from or 0, row.quiet_until or 0) if has_own else usual,
        is_sms_wanted=row.is_sms_wanted,
        mail_mode=MailMode(row.mail_mode),
        has_mail=row.mail_confirmed_at is not None,
        muted=frozenset(row.muted),
    )


def _masked(row: Preference) -> str:
    """z***@example.com, for its owner to know it by."""
    name, at, host = row.mail.reveal().rpartition("@") if row.mail else ("", "", "")
    return f"{name[:1]}***{at}{host}" if at else ""
