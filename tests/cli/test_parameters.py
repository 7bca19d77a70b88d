"""`huiqi parameters`: every number of the city, read aloud."""

import json
from pathlib import Path

from tests.cli.test_site import huiqi


def test_the_numbers_are_read_aloud_before_the_first_start_already(tmp_path: Path) -> None:
    told = huiqi(tmp_path, "parameters")
    assert told.returncode == 0, told.stderr
    assert "library.answer_days  报错的答复时限：7 个工作日（一开始；我市自定，可以改）" in told.stdout
    listed = json.loads(huiqi(tmp_path, "parameters", "--json", "--on", "2030-01-01").stdout)
    assert {"notices.quiet_from", "library.contact_days"} <= {each["key"] for each in listed}
    assert all(each["source"] and each["read_by"] and each["ahead"] == [] for each in listed)
