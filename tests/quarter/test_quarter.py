"""A company lives a quarter with the real application: every promise about times, limits and counts, checked on what its people got."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.quarter.life import Story
from tests.quarter.rules import RULES, Rule

EACH = [
    pytest.param(one, id=one.name, marks=[pytest.mark.xfail(reason=one.until, strict=False)] if one.until else []) for one in RULES
]


def broken(rule: Rule, story: Story) -> str:
    """What breaks a rule, in words: how often, and the first ten cases."""
    found = list(rule.check(story))
    return "\n".join([f"{rule.promise} {len(found)} times not:", *(str(one) for one in found[:10])]) if found else ""


@pytest.mark.parametrize("rule", EACH)
def test_three_weeks(three_weeks: Story, rule: Rule) -> None:
    """Over Christmas and New Year."""
    assert broken(rule, three_weeks) == ""


@pytest.mark.slow
@pytest.mark.parametrize("rule", EACH)
def test_a_quarter(quarter: Story, rule: Rule) -> None:
    """From mid-January to Easter."""
    assert broken(rule, quarter) == ""


def test_people_did_what_they_came_for(three_weeks: Story) -> None:
    """A checker that sees nothing finds nothing: all that the rules are about has happened, and what people did was taken."""
    kinds = Counter(one.kind for one in three_weeks.messages)
    assert {"prompt", "agenda", "update", "digest", "weekly_report", "monthly_letter", "commitment", "approval", "question"} <= set(
        kinds
    )
    done = Counter(one.command for one in three_weeks.deeds if one.reply == "card")
    assert {"logvisit", "logcall", "commit", "accept-commitment", "got-it", "agree-update", "send-update", "ask"} <= set(done)
    refused = [one for one in three_weeks.deeds if one.answers and one.reply == "form"]
    assert len(refused) * 20 < len(three_weeks.deeds), refused[:5]
