"""Languages by their own names."""

from __future__ import annotations

from bot.views import updates


def test_a_language_is_named_as_its_speakers_do() -> None:
    """One that isn't known by its key."""
    assert updates.language_name("de") == "Deutsch"
    assert updates.language_name("tlh") == "tlh"
    assert "de" in updates.LANGUAGES
