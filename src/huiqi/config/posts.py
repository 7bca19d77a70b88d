"""The ways out of the site, as the operator set them: which post stands behind each channel."""

from dataclasses import dataclass
from urllib.error import HTTPError

from huiqi.config.environment import Environment, Mode
from huiqi.foundation.accounts.adapters.sms import Gateway
from huiqi.foundation.notices.adapters import FilePost, Message, NotSentError, Post, SmtpPost, UncertainError

MESSAGES_FILE = "messages.jsonl"
BY_GATEWAY = "http"


@dataclass(frozen=True, slots=True)
class SmsPost:
    """Short messages by the gateway that sends the codes of the sign-in. It is asked to send nothing twice
    that has one key; as not every gateway can, what it did not answer is not sent again.
    """

    gateway: Gateway
    is_repeatable: bool = False

    def send(self, message: Message) -> None:
        fields = {
            "number": message.to.reveal(),
            "text": message.text,
            "template": "notice",
            "key": message.key,
        }
        try:
            self.gateway.post(fields, message.at)
        except HTTPError as refusal:
            raise NotSentError("短信网关没有收下") from refusal
        except TimeoutError as failure:
            raise UncertainError from failure
        except OSError as failure:
            raise _outcome(failure) from failure


def _outcome(failure: OSError) -> Exception:
    """What never reached the gateway was not sent; of all else nobody knows."""
    reason = getattr(failure, "reason", failure)
    if isinstance(reason, ConnectionRefusedError):
        return NotSentError("连不上短信网关")
    return UncertainError()


def posts_of(environment: Environment) -> dict[str, Post]:
    """A gateway and a mail server where they are named. Where a site is only tried, what has none goes to a
    file; in production it is not offered.
    """
    posts: dict[str, Post] = {}
    if environment.mode is not Mode.PRODUCTION:
        path = environment.data_dir / MESSAGES_FILE
        posts = {channel: FilePost(path, channel) for channel in ("sms", "mail")}
    if environment.sign_in.sms == BY_GATEWAY:
        posts["sms"] = SmsPost(Gateway(environment.sign_in.sms_url, environment.sign_in.sms_secret))
    server = environment.mail_server
    if server is not None:
        posts["mail"] = SmtpPost(
            host=server.host,
            port=server.port,
            sender=environment.mail_from,
            user=server.user,
            password=server.password,
            is_tls=server.is_tls,
        )
    return posts
