"""What a search asks for: words as the index holds them, with what is meant by them beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiqi.catalogue.search_words import SearchWords
from huiqi.foundation.storage.search.vocabulary import Vocabulary
from huiqi.foundation.storage.search.words import Segmenter, normal, runs

MOST_GROUPS = 12
MOST_WORDS = 12
# A longer text is a document, not a search: its beginning is understood.
LONGEST_TEXT = 200
_MOST_TYPED = 24
_MOST_MENDED = 3
_LONGEST_SPAN = 3


@dataclass(frozen=True, slots=True)
class Question:
    """``groups``: a document answers wholly that holds a word of every group, partly that holds one of any.

    ``unknown`` are words no document holds nor anything near them; ``guesses`` are whole searches that may
    have been meant where a word was unknown, the first of them the one that ``groups`` already follow.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()


@dataclass(slots=True)
class _Heard:
    """One word typed: what stands for it in the index, and what it may have been meant to be."""

    typed: str
    groups: tuple[tuple[str, ...], ...]
    guesses: tuple[str, ...] = ()


class Listener:
    """Understands searches against the words of one index."""

    def __init__(self, segmenter: Segmenter, words: SearchWords, vocabulary: Vocabulary) -> None:
        self._segmenter = segmenter
        self._vocabulary = vocabulary
        self._skipped = words.skipped
        self._synonyms: Mapping[str, tuple[str, ...]] = words.synonyms

    @property
    def counts(self) -> Mapping[str, int]:
        """The words of the index with the number of documents that hold each."""
        return self._vocabulary.counts

    def understand(self, text: str) -> Question:
        """The question in a text; any text whatsoever has one, be it empty."""
        text = text[:LONGEST_TEXT]
        cut = [self._mended(self._joined(self._segmenter.asked(run))) for run in self._closed(runs(text))]
        typed = [word for words in cut for word in words][:_MOST_TYPED]
        heard = [self._hear(word) for word in typed if word not in self._skipped]
        if not any(each.groups for each in heard):
            heard = [self._strain(word) for word in typed]
        groups = dict.fromkeys(group for each in self._weighty(heard) for group in each.groups)
        return Question(
            tuple(groups)[:MOST_GROUPS],
            tuple(dict.fromkeys(each.typed for each in heard if not each.groups)),
            self._guesses(text, heard),
        )

    def _weighty(self, heard: list[_Heard]) -> list[_Heard]:
        """Leave out single characters where words were heard: most are a verb that names nothing."""
        kept = [each for each in heard if len(each.typed) > 1 or each.typed in self._synonyms]
        return kept if any(each.groups for each in kept) else heard

    def _closed(self, spaced: Iterable[str]) -> list[str]:
        """Close a space typed in the middle of a word that is known to the synonyms."""
        closed: list[str] = []
        for run in spaced:
            if closed and closed[-1] + run in self._synonyms:
                closed[-1] += run
            else:
                closed.append(run)
        return closed

    def _joined(self, words: list[str]) -> list[str]:
        """Put neighbours together that were one word before a slip of the writer broke it."""
        joined: list[str] = []
        loose = ""
        for word in [*words, ""]:
            if len(word) == 1 and word not in self._skipped and not word.isascii():
                loose += word
                continue
            if loose:
                joined += self._loose(loose)
                loose = ""
            if word:
                joined.append(word)
        return joined

    def _loose(self, characters: str) -> list[str]:
        words = self._vocabulary
        if characters in self._synonyms or words.holding(characters) or words.near(characters):
            return [characters]
        return list(characters)

    def _mended(self, words: list[str]) -> list[str]:
        """Put an unknown word together with its neighbours where all of them are a known word with a slip."""
        for word in [each for each in words if not self._is_known(each)][:_MOST_MENDED]:
            for start, end in _spans_around(word, words):
                if self._vocabulary.near("".join(words[start:end])):
                    words[start:end] = ["".join(words[start:end])]
                    break
        return words

    def _is_known(self, word: str) -> bool:
        return word in self._vocabulary or word in self._synonyms or word in self._skipped or word.isascii()

    def _hear(self, word: str) -> _Heard:
        alike = self._alike(word)
        if alike:
            return _Heard(word, (alike,))
        if word.isascii() and word.isalpha():
            return self._hear_letters(word)
        near = self._vocabulary.near(word)
        if near:
            return _Heard(word, (self._alike(near[0]),), near)
        parts = [self._alike(part) for part in self._segmenter.parts(word)]
        return _Heard(word, tuple(part for part in parts if part))

    def _strain(self, word: str) -> _Heard:
        """Hear a word where nothing else of the search is known: now a short word may be a slip too."""
        heard = self._hear(word)
        slipped = () if heard.groups else self._vocabulary.slipped(word)
        return _Heard(word, (self._alike(slipped[0]),), slipped) if slipped else heard

    def _alike(self, word: str) -> tuple[str, ...]:
        """The word, what it means, and longer words it is part of, as far as the index holds them."""
        means = (word, *self._synonyms.get(word, ()))
        found = [each for each in means if each in self._vocabulary]
        if word not in self._vocabulary and (len(word) > 1 or not found) and not word.isascii():
            found += self._vocabulary.holding(word)
        return tuple(dict.fromkeys(found))[:MOST_WORDS]

    def _hear_letters(self, letters: str) -> _Heard:
        meant = self._vocabulary.spelt(letters)
        first = "".join(words[0] for words in meant)
        others = meant[0][1:] if len(meant) == 1 else ()
        groups = tuple(
            tuple(dict.fromkeys(alike for word in words for alike in self._alike(word)))[:MOST_WORDS]
            for words in meant
        )
        return _Heard(letters, groups, (first, *others) if first else ())

    def _guesses(self, text: str, heard: list[_Heard]) -> tuple[str, ...]:
        best = normal(text)
        for each in heard:
            if each.guesses:
                best = best.replace(each.typed, each.guesses[0])
        guessed = [each for each in heard if each.guesses]
        if not guessed:
            return ()
        last = guessed[-1]
        others = [best.replace(last.guesses[0], other) for other in last.guesses[1:4]]
        return tuple(dict.fromkeys(" ".join(guess.split()) for guess in (best, *others)))


def _spans_around(word: str, words: list[str]) -> list[tuple[int, int]]:
    """Where neighbours of a word stand together with it, the longest first."""
    if word not in words:
        return []
    place = words.index(word)
    spans = [
        (start, end)
        for start in range(max(0, place - _LONGEST_SPAN + 1), place + 1)
        for end in range(place + 1, min(len(words), start + _LONGEST_SPAN) + 1)
        if end - start > 1
    ]
    return sorted(spans, key=lambda span: span[0] - span[1])
