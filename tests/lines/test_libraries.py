"""What date libraries read, beside the product's own rules."""

import pytest

from tests.lines import libraries


def test_the_table_says_what_is_not_installed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is missing is named, and the product's own rules are right on the lines they were written with."""
    own = libraries.READERS["own rules"]
    monkeypatch.setattr(libraries, "READERS", {"own rules": own, "Nodate": ("nodate_is_no_library", own[1])})
    assert libraries.main() == 0
    heading, rules, missing, *_ = capsys.readouterr().out.splitlines()
    assert "200 lines" in heading
    assert int(rules.split()[2]) >= 196
    assert missing.split() == ["Nodate", "is", "not", "installed"]
