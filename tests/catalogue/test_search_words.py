"""The file of search words: what it may hold, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from huiqi.catalogue.problems import CatalogueError
from huiqi.catalogue.search_words import SearchWords, load_search_words, parse_search_words


def test_a_saying_leads_to_what_it_means() -> None:
    words = parse_search_words(
        {"words": ["转贷"], "skip": ["吗"], "synonyms": [{"say": ["返钱", "退钱"], "mean": ["返还"]}]}, "f"
    )
    assert words.synonyms == {"返钱": ("返还",), "退钱": ("返还",)}
    assert words.whole == ("吗", "转贷", "返还", "返钱", "退钱")


def test_a_catalogue_without_the_file_knows_no_words(tmp_path: Path) -> None:
    assert load_search_words(tmp_path) == SearchWords()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "只能有这几项"),
        ({"wordz": []}, "只能有这几项"),
        ({"words": "转贷"}, "词语的列表"),
        ({"words": ["转 贷"]}, "不是一个词"),
        ({"skip": [4050]}, "数字加引号"),
        ({"synonyms": {}}, "请写成列表"),
        ({"synonyms": [{"say": ["返钱"]}]}, "mean"),
        ({"synonyms": [{"say": ["返钱", "返钱"], "mean": ["返还"]}]}, "写了两次"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(raw: object, said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        parse_search_words(raw, "synonyms.yaml")
