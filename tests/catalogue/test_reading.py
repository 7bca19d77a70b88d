"""Files from outside: each that cannot be used is refused with one sentence that says what to do."""

from pathlib import Path

import pytest

from huiqi.catalogue.problems import CatalogueError
from huiqi.catalogue.reading import FILE_LIMIT, json_lines, read_json, read_text, read_yaml


def refusal(file: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        read_text(file)
    (problem,) = caught.value.problems
    assert problem.file == str(file)
    return problem.message


def test_a_50_mb_file_is_refused_with_its_size_and_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "large.jsonl"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    assert "50.0 MB" in refusal(file)
    assert f"{FILE_LIMIT // 1_000_000} MB" in refusal(file)


def test_a_file_in_gb18030_is_named_and_told_to_become_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("标题: 焦作市开业补贴".encode("gb18030"))
    message = refusal(file)
    assert "GB18030" in message
    assert "另存为 UTF-8" in message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_named_and_told_to_become_utf_8(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("title: 焦作市开业补贴".encode(encoding))
    message = refusal(file)
    assert "UTF-16" in message
    assert "另存为 UTF-8" in message


def test_bytes_of_no_known_encoding_are_refused_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: 1\nb: \xff\xff\xff\n")
    assert "第 2 行" in refusal(file)


def test_a_byte_order_mark_of_utf_8_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(file) == {"a": 1}


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "没有这个文件" in refusal(tmp_path / "none.yaml")
    assert "文件夹" in refusal(tmp_path)


def test_faults_inside_a_file_name_the_file_and_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\nb: *x\n", encoding="utf-8")
    (tmp_path / "a.json").write_text('{"a": 1,\n "b": }', encoding="utf-8")
    for read, name in ((read_yaml, "a.yaml"), (read_json, "a.json")):
        with pytest.raises(CatalogueError) as caught:
            read(tmp_path / name)
        assert caught.value.problems[0].file == f"{tmp_path / name}:2"


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"a": "x\u2028y"}\n\n{"b": 2}\r\n', encoding="utf-8", newline="")
    assert [place for place, _ in json_lines(file)] == [f"{file}:1", f"{file}:3"]
