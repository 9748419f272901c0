"""CSV files that the company's own spreadsheets open."""

import csv
from pathlib import Path

import pytest

from bot.spreadsheets.exporting import Dialect, dialect, write


@pytest.mark.parametrize(
    ("locale", "delimiter", "decimal"),
    [
        *((locale, ",", ".") for locale in ("en", "en-GB", "en-US", "ja-JP", "zh-CN", "es-MX", "he-IL", "ko", "th-TH")),
        *((locale, ";", ",") for locale in ("de", "de-DE", "fr-FR", "fr-CA", "es-ES", "pt-BR", "nl-NL", "pl-PL", "ru-RU", "tr-TR")),
        *((locale, ";", ",") for locale in ("en-DE", "en-DK", "en-ZA", "de-AT", "nb-NO")),
        ("de-CH", ";", "."),
    ],
)
def test_semicolons_where_the_decimal_sign_is_a_comma(locale: str, delimiter: str, decimal: str) -> None:
    """As spreadsheets there split."""
    assert dialect(locale) == Dialect(delimiter, decimal)


def test_a_delimiter_that_was_asked_for() -> None:
    """Goes before the locale's; numbers are then as programs read them."""
    assert dialect("de-DE", ",") == Dialect(",", ".")
    assert dialect("en-GB", "\t") == Dialect("\t", ".")
    assert dialect("de-DE", ";") == Dialect(";", ",")


def test_everything_is_quoted_and_numbers_are_the_locales(tmp_path: Path) -> None:
    """German Excel takes 2.5 for the second of May; UTF-8 is told by a byte-order mark, which a line “sep=” would undo."""
    path = tmp_path / "x.csv"
    write((("a", "b", "c"), [(2.5, -3, "x;y"), (None, True, "")]), path, form=dialect("de-DE"))
    assert path.read_bytes() == b'\xef\xbb\xbf"a";"b";"c"\r\n"2,5";"-3";"x;y"\r\n"";"yes";""\r\n'
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";"))[1] == ["2,5", "-3", "x;y"]
