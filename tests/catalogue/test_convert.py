"""The converter writes each item once, never over work done since, and lists what contradicts its source."""

from pathlib import Path

import pytest

from huiqi.catalogue.convert import convert, main
from huiqi.catalogue.load import load_catalogue
from huiqi.catalogue.plain_yaml import parse_yaml, write_yaml
from tests.catalogue.samples import exchange_case, exchange_item, write_catalogue, write_lines


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    write_lines(folder / "policies.jsonl", [exchange_item(), exchange_item(id="jz-other")])
    write_lines(folder / "cases.jsonl", [exchange_case()])
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return write_catalogue(tmp_path / "catalogue", [])


def edit(file: Path, **changes: object) -> None:
    raw = parse_yaml(file.read_text(encoding="utf-8"), depth_limit=64)
    file.write_text(write_yaml({**raw, **changes}), encoding="utf-8")


def test_each_item_becomes_a_file_with_its_cases_and_the_grade_of_its_source(
    source: Path, target: Path
) -> None:
    assert [conversion.is_written for conversion in convert(source, target)] == [True, True]
    catalogue = load_catalogue(target)
    assert [item.source.grade for item in catalogue.items.values()] == ["A", "A"]
    assert [case.id for case in catalogue.cases_of("jz-sample")] == ["s-1"]


def test_running_again_changes_nothing(source: Path, target: Path) -> None:
    convert(source, target)
    files = {file: file.read_bytes() for file in target.rglob("*.yaml")}
    assert [conversion.is_written for conversion in convert(source, target)] == [False, False]
    assert {file: file.read_bytes() for file in target.rglob("*.yaml")} == files


def test_additions_by_hand_are_kept_and_are_no_contradiction(source: Path, target: Path) -> None:
    convert(source, target)
    file = target / "items" / "410800" / "jz-sample.yaml"
    sentences = ["在焦作市登记", "开业满12个月", "补充的一句"]
    edit(file, conditions_text=sentences, manual_checks=["补充的一条"])
    before = file.read_bytes()
    assert [conversion.differences for conversion in convert(source, target)] == [(), ()]
    assert file.read_bytes() == before


def test_a_file_that_contradicts_its_source_is_kept_and_named(
    source: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    convert(source, target)
    file = target / "items" / "410800" / "jz-sample.yaml"
    edit(file, title="改过的名称", cases=[])
    assert main([str(source), str(target)]) == 0
    printed = capsys.readouterr().out
    assert f"{file}：与来源不同，请复核：title、cases/s-1" in printed
    assert "已有 2 项未改动" in printed


def test_nothing_is_written_when_one_item_cannot_be_read(
    source: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines(source / "policies.jsonl", [exchange_item(), exchange_item(id="jz-bad", title="")])
    assert main([str(source), str(target)]) == 2
    assert "policies.jsonl:2：title：" in capsys.readouterr().err
    assert not (target / "items").exists()
