"""Who types a command, and what is wrong told as a sentence. Imported only once Django is set up. It loads
little, for the processes beside the server live on it.
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError

from huiqi.cli.errors import refuse
from huiqi.foundation.audit.actions import Actor, Party
from huiqi.foundation.storage.fields import SealError


def command_actor() -> Actor:
    """Whoever typed the command, by the name the operating system knows."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number nobody gave a name
        name = f"uid {os.getuid()}"
    return Actor(f"cli:{name}"[:80], name, organisation=Party("cli", "命令行"))


@contextmanager
def told_plainly() -> Iterator[None]:
    """What is wrong with the database, the disk or the keys, as a sentence."""
    try:
        yield
    except SealError as mistake:
        refuse(str(mistake).rstrip("。"))
    except DatabaseError as failure:
        refuse(
            f"数据库用不了（{failure}）。请检查 HUIQI_DATABASE_URL、文件夹权限和磁盘空间".replace("\n", " ")
        )
    except OSError as failure:
        refuse(
            f"数据文件夹 {settings.HUIQI_DATA} 用不了（{failure.strerror or failure}）。"
            "请检查权限和磁盘空间，或用 HUIQI_DATA 换一个文件夹"
        )
