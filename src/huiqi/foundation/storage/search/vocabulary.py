"""The words an index holds, and the nearest of them to what was typed: by sound, by letters, by one slip."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from pypinyin import Style, lazy_pinyin

MOST = 6
_SOUNDED = 12  # a longer term is a sentence; nobody types its sound
_SHORTEST_SLIP = 4  # letters; with fewer, one slip turns every word into every other


def sound_of(word: str) -> str:
    """Pinyin without tones, run together."""
    return "".join(lazy_pinyin(word))


def initials_of(word: str) -> str:
    """The first letter of each character's pinyin."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


class Vocabulary:
    """Words with the number of documents that hold each."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    @property
    def counts(self) -> Mapping[str, int]:
        """Every word with the number of documents that hold it."""
        return self._counts

    def __contains__(self, word: object) -> bool:
        return word in self._counts

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def holding(self, part: str) -> tuple[str, ...]:
        """Words that contain ``part``, the commonest first."""
        return self._commonest(word for word in self._counts if part in word)

    def sounding(self, sound: str) -> tuple[str, ...]:
        """Words of two characters and more with this pinyin."""
        return self._by_sound.get(sound, ())

    def beginning(self, initials: str) -> tuple[str, ...]:
        """Words whose characters begin with these letters."""
        return self._by_initials.get(initials, ())

    def spelt(self, letters: str) -> tuple[tuple[str, ...], ...]:
        """The words meant by letters: one by its sound, several one after another, by initials, or with one
        slip. Each is a tuple of words that sound alike; empty where the letters mean nothing here.
        """
        for table in (self._by_sound, self._by_initials):
            found = self._split(letters, table)
            if found:
                return tuple(table[part] for part in found)
        if len(letters) < _SHORTEST_SLIP:
            return ()
        near = [sound for sound in self._by_sound if is_one_slip(letters, sound)]
        words = self._commonest(word for sound in near for word in self._by_sound[sound])
        return (words,) if words else ()

    def near(self, word: str) -> tuple[str, ...]:
        """Words that sound the same; where none does, those one wrong character away from three or more."""
        if len(word) < 2 or word.isascii():
            return ()
        alike = self.sounding(sound_of(word))
        return alike if alike or len(word) == 2 else self.slipped(word)

    def slipped(self, word: str) -> tuple[str, ...]:
        """Words one wrong, missing or needless character away, the commonest first."""
        if len(word) < 2:
            return ()
        known = (each for length in (-1, 0, 1) for each in self._by_length.get(len(word) + length, ()))
        return self._commonest(each for each in known if is_one_slip(word, each))

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        grouped: dict[int, list[str]] = {}
        for word in self._counts:
            if len(word) >= 2 and not word.isascii():
                grouped.setdefault(len(word), []).append(word)
        return grouped

    @cached_property
    def _by_sound(self) -> dict[str, tuple[str, ...]]:
        return self._grouped(sound_of)

    @cached_property
    def _by_initials(self) -> dict[str, tuple[str, ...]]:
        return self._grouped(initials_of)

    def _grouped(self, key_of: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
        grouped: dict[str, list[str]] = {}
        for word in self._counts:
            if 2 <= len(word) <= _SOUNDED and not word.isascii():
                grouped.setdefault(key_of(word), []).append(word)
        return {key: self._commonest(words) for key, words in grouped.items()}

    def _commonest(self, words: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(words), key=lambda word: (-self._counts[word], len(word), word))[:MOST])

    @staticmethod
    def _split(letters: str, table: Mapping[str, object]) -> tuple[str, ...]:
        """Cut the letters into keys of the table, as few as possible; empty where it cannot be done."""
        best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - 40), end):
                before, part = best[start], letters[start:end]
                if before is None or part not in table:
                    continue
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = (*before, part)
        return best[-1] or ()


def is_one_slip(typed: str, meant: str) -> bool:
    """True where one letter too many, too few, wrong, or two swapped tell the texts apart."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        return True
    if len(typed) == len(meant):
        is_swap = typed[start : start + 2] == meant[start : start + 2][::-1] != ""
        return typed[start + 1 :] == meant[start + 1 :] or (
            is_swap and typed[start + 2 :] == meant[start + 2 :]
        )
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    return longer[start + 1 :] == shorter[start:]
