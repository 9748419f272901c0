"""What stands in a cell: understood, or refused with a proposal."""

from datetime import time

import pytest

from bot.domain.errors import Refusal
from bot.domain.words import locales
from bot.domain.words.countries import code, known
from tests.spreadsheets.importing.conftest import Files


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            (one, "DE")
            for one in ("DE", "de", "DEU", "Germany", "germany ", "Deutschland", "GERMANY", "Federal Republic of Germany")
        ),
        *((one, "GB") for one in ("GB", "UK", "U.K.", "United Kingdom", "Great Britain", "England", "gbr")),
        *((one, "US") for one in ("US", "USA", "U.S.", "United States", "United States of America", "the United States")),
        *(
            ("DE-BY", "DE-BY"),
            ("de_by", "DE-BY"),
            ("Österreich", "AT"),
            ("O\u0308sterreich", "AT"),
            ("日本", "JP"),
            ("España", "ES"),
        ),
        *((one, "KR") for one in ("South Korea", "Korea, Republic of", "Korea (the Republic of)", "Republic of Korea")),
        *((one, "DE") for one in ("Germany (DE)", "DE - Germany", "DE: Germany")),
        *(
            ("Czech Rep.", "CZ"),
            ("Turkey", "TR"),
            ("Turkiye", "TR"),
            ("Cote d’Ivoire", "CI"),
            ("Saint Lucia", "LC"),
            ("Viet-Nam", "VN"),
        ),
        *(("Taiwan, Province of China", "TW"), ("China", "CN"), ("Iran (Islamic Republic of)", "IR"), ("Bahamas, The", "BS")),
        *(("Congo, The Democratic Republic of the", "CD"), ("Congo (Kinshasa)", "CD"), ("Republic of the Congo", "CG")),
        *(("Netherlands (Kingdom of the)", "NL"), ("Bosnia & Herzegovina", "BA"), ("U. S. A.", "US"), ("UK-SCT", "GB-SCT")),
        *(("USA-CA", "US-CA"), ("North Korea", "KP"), ("Espana", "ES")),
        *(("The Netherlands", "NL"), ("Holland", "NL"), ("Czechia", "CZ"), ("Türkiye", "TR"), ("Korea", "KR"), ("Viet Nam", "VN")),
    ],
)
def test_a_country_by_code_or_name(text: str, meant: str) -> None:
    """In any case, in English or its own language."""
    assert code(text) == meant
    assert known(meant)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Germny", "DE (Germany)"),
        ("Untied States", "US (United States)"),
        ("XX", "ISO 3166"),
        ("Atlantis", "ISO 3166"),
        ("DE-XX", "DE-BB"),
        ("Kosovo", "ISO 3166"),
        ("XK", "ISO 3166"),
        ("276", "ISO 3166"),
        ("Germany (FR)", "ISO 3166"),
        ("Germany / France", "ISO 3166"),
        ("(" * 100_000, "ISO 3166"),
    ],
)
def test_another_country_is_refused_with_the_nearest(text: str, advice: str) -> None:
    """Rather than kept, to mean nothing."""
    with pytest.raises(Refusal) as raised:
        code(text)
    assert advice in raised.value.advice
    assert not known(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("German (Germany)", "de-DE"), ("de_DE", "de-DE"), ("DE-de", "de-DE"), ("en_US.UTF-8", "en-US"), ("German", "de")),
        *(("English (United States)", "en-US"), ("Deutsch", "de"), ("sr-Latn-RS", "sr-RS"), ("es-419", "es"), ("en", "en")),
        *(("zh-Hans", "zh"), ("zh-Hant-TW", "zh-TW"), ("Chinese (Simplified)", "zh"), ("Chinese (Simplified, China)", "zh-CN")),
        *(("English US", "en-US"), ("British English", "en-GB"), ("Swiss German", "de-CH"), ("Spanish (Latin America)", "es")),
        *(
            ("iw-IL", "he-IL"),
            ("in", "id"),
            ("Serbian (Latin, Serbia)", "sr-RS"),
            ("ca-ES-valencia", "ca-ES"),
            ("中文(简体)", "zh"),
        ),
        *(("Portuguese (Brazil)", "pt-BR"), ("English - United Kingdom", "en-GB"), ("Français (Canada)", "fr-CA")),
    ],
)
def test_a_locale(text: str, meant: str) -> None:
    """As systems write it, and as people do."""
    assert locales.code(text) == meant


@pytest.mark.parametrize(
    "text", ["Gremlin (Germany)", "xx-DE", "12", "German (Atlantis)", "de-XX", "C", "1033", "Gremlin English", "(" * 100_000]
)
def test_what_is_no_locale(text: str) -> None:
    """Is refused."""
    with pytest.raises(Refusal):
        locales.code(text)


@pytest.mark.parametrize(
    ("column", "text", "problem"),
    [
        ("works_from", "09:00+02:00", "has an offset. It is the time on the person's own clock: write 09:00"),
        ("works_from", "09:00Z", "has an offset"),
        ("works_until", "25:00", "is no time"),
        ("works_until", "0900", "is no time"),
        ("country", "Germny", "“Germny” is not a country. Did you mean DE (Germany)?"),
        ("zone", "Europe/Berln", "Did you mean Europe/Berlin"),
        ("locale", "Gremlin", "“Gremlin” is not a locale"),
        ("roles", "exective", "Did you mean executive?"),
        ("active", "perhaps", "neither yes nor no"),
        ("department", "x" * 201, "The department has 201 characters"),
        ("title", "\u200b", "There is nothing to see in title"),
        ("manager", "a@b.example", "a@b.example is their own manager"),
        ("delegates", "a@b.example", "a@b.example is their own delegate"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(files: Files, column: str, text: str, problem: str) -> None:
    """By its line."""
    said = files.refused(f"email,name,{column}\na@b.example,A,{text}\n")
    assert said.startswith("Line 2: ")
    assert problem in said


def test_cells_that_are_understood(files: Files) -> None:
    """As they come."""
    files.people(
        "email,name,zone,locale,country,works_from,works_until,working_days,roles\n"
        'mailto:A@B.example,Ada,europe/berlin,German (Germany),Germany,9:00,5:30 PM,"MON, tue","CX office, admin"\n'
    )
    ada = files.person("a@b.example")
    assert (ada.zone, ada.locale, ada.country) == ("Europe/Berlin", "de-DE", "DE")
    assert (ada.works_from, ada.works_until, ada.working_days, ada.roles) == (
        time(9),
        time(17, 30),
        "mon tue",
        ["admin", "cx_office"],
    )


def test_all_that_is_wrong_with_a_row_is_told(files: Files) -> None:
    """Not only the first."""
    said = files.refused("email,name,country,roles,works_from\na@b.example,A,Germny,boss,9\n").splitlines()
    assert len(said) == 3
    assert all(one.startswith("Line 2: ") for one in said)
