"""A language's words for days."""

import re

import pytest

from bot.domain.words.date_words import any_of, languages, month_first, words_of


def test_people_may_write_in_their_own_language_and_english() -> None:
    """A locale gives its language and English, and one that nobody knows English alone."""
    assert languages("de_AT") == ("de", "en")
    assert languages("en-NZ") == languages("tlh") == languages("") == ("en",)


@pytest.mark.parametrize("locale", ["en-US", "en", "zh-CN", "ja"])
def test_month_goes_first_in_few_places(locale: str) -> None:
    """In American English and where the year goes first, 3/4 is in March."""
    assert month_first(locale)


@pytest.mark.parametrize("locale", ["en-GB", "en_nz", "de", "fr-CA", "sv", "", "tlh-XX"])
def test_day_goes_first_elsewhere(locale: str) -> None:
    """In most of the world, and where nobody knows better, 3/4 is in April."""
    assert not month_first(locale)


def test_words_that_mean_something_else_are_left_out() -> None:
    """Short German weekdays are everyday words (mit, die), and Portuguese ones ordinals."""
    assert set(words_of("de").weekdays) == {"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"}
    assert not {"segunda", "terça", "quarta"} & set(words_of("pt").weekdays)


def test_counted_days_are_read_in_digits_and_words() -> None:
    """Three days ago may be written 3 days ago, and “six weeks” without ago is no day."""
    days = words_of("en").days
    assert re.fullmatch(days, "three days ago")
    assert re.fullmatch(days, "3  days ago")
    assert not re.fullmatch(days, "six weeks")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pt", "ja", "ar", "he", "hi", "ru", "fi"])
def test_every_language_makes_patterns(language: str) -> None:
    """Months of any language are known, and its phrases make a pattern."""
    words = words_of(language)
    assert words.months
    assert re.compile(f"{words.days}|{words.days_to_come}")


def test_nothing_matches_none_of_no_patterns() -> None:
    """Without patterns nothing is matched, not even nothing at all."""
    assert re.search(any_of(()), "") is None
