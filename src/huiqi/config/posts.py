"""The ways out of the site, as the operator set them: which post stands behind each channel."""

from huiqi.config.environment import Environment, Mode
from huiqi.foundation.notices.adapters import FilePost, Post, SmtpPost

MESSAGES_FILE = "messages.jsonl"


def posts_of(environment: Environment) -> dict[str, Post]:
    """A mail server where one is named. Where a site is only tried, what has no server goes to a file; in
    production it is not offered.
    """
    posts: dict[str, Post] = {}
    if environment.mode is not Mode.PRODUCTION:
        path = environment.data_dir / MESSAGES_FILE
        posts = {channel: FilePost(path, channel) for channel in ("sms", "mail")}
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
