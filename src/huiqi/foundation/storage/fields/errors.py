"""What can go wrong with what is encrypted. Nothing is written when one of these is raised."""


class SealError(Exception):
    """Something encrypted cannot be opened or kept; the message is for people."""


class KeyFileError(SealError):
    """The file of keys cannot be used as it is."""


class MissingKeyError(SealError):
    """A value was encrypted with a key that is not in the file of keys."""

    def __init__(self, key_id: str, path: object) -> None:
        super().__init__(
            f"缺少密钥 {key_id}，用它加密的内容打不开，也没有改动。请把备份的密钥文件放回 {path}。"
        )
        self.key_id = key_id


class DamagedError(SealError):
    """A value was changed, cut short, or moved here from another row or column."""

    def __init__(self, place: object) -> None:
        super().__init__(f"{place} 的内容打不开：它被改动过，或者是从别处挪来的。请从备份恢复这一行。")


class UnboundError(SealError, TypeError):
    """Code asked for what cannot be done without the row a value belongs to: a mistake of ours."""
