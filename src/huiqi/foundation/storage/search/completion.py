"""Completes what is being typed: names that hold it and words that begin with it, by character or sound."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate

from pypinyin import lazy_pinyin

from huiqi.foundation.storage.search.vocabulary import initials_of, sound_of
from huiqi.foundation.storage.search.words import normal, runs

# What is typed between the syllables by those who write by sound: xi'an.
_BETWEEN_SYLLABLES = str.maketrans("", "", "'’`")
_LONGEST_WORD = 12  # a longer term is a sentence; nobody is offered a sentence
_AFTER_EVERYTHING = "\U0010ffff"


def typed_runs(text: str) -> tuple[str, ...]:
    """What stands typed so far, cut at spaces and marks and where Latin letters meet characters."""
    return tuple(runs(text.translate(_BETWEEN_SYLLABLES)))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it may be typed: its characters, its sound from each syllable on, its first letters."""

    text: str
    sounds: tuple[str, ...]
    initials: str

    @classmethod
    def of(cls, name: str) -> "Name":
        """The name without marks and spaces, as those who type leave them out."""
        text = "".join(runs(name))
        syllables = [normal(syllable) for syllable in lazy_pinyin(text)]
        starts = [0, *accumulate(map(len, syllables))][:-1]
        whole = "".join(syllables)
        return cls(
            text,
            tuple(whole[start:] for start in starts),
            "".join(syllable[:1] for syllable in syllables),
        )

    def place_of(self, run: str) -> int | None:
        """At which character the run stands, by character, else by sound, else by first letters."""
        place = self.text.find(run)
        if place >= 0:
            return place
        if not run.isascii() or not run.isalpha():
            return None
        heard = next((at for at, sound in enumerate(self.sounds) if sound.startswith(run)), None)
        if heard is not None:
            return heard
        place = self.initials.find(run) if len(run) > 1 else -1
        return place if place >= 0 else None


class Completer:
    """Words to go on with, the weightiest first. ``weights`` says how many documents stand behind a word."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = {word: weight for word, weight in weights.items() if 2 <= len(word) <= _LONGEST_WORD}
        self._by_text = sorted((word, word) for word in self._weights)
        spoken = [word for word in self._weights if not word.isascii()]
        self._by_sound = sorted((normal(sound_of(word)), word) for word in spoken)
        self._by_initials = sorted((normal(initials_of(word)), word) for word in spoken)

    def beginning(self, run: str, most: int) -> tuple[str, ...]:
        """At most ``most`` words that begin with ``run`` and say more: as written, by sound or initials."""
        if not run:
            return ()
        found = set(_starting(self._by_text, run))
        if run.isascii() and run.isalpha():
            found.update(_starting(self._by_sound, run))
            if len(run) > 1:
                found.update(_starting(self._by_initials, run))
        found.discard(run)
        return tuple(nsmallest(most, found, key=lambda word: (-self._weights[word], len(word), word)))


def _starting(table: list[tuple[str, str]], beginning: str) -> Iterable[str]:
    first = bisect_left(table, (beginning, ""))
    last = bisect_left(table, (beginning + _AFTER_EVERYTHING, ""), lo=first)
    return (word for _, word in table[first:last])
