"""What is promised about times, limits and counts, each checked on a story with arithmetic of its own.

A rule gives its violations: who, when on their clock, which message, and what is wrong. Nothing here uses the product's code.
"""

from tests.quarter.rules import counts, once, promises, times, volume
from tests.quarter.rules.rule import RULES, Rule, Violation, weeks

__all__ = ["RULES", "Rule", "Violation", "counts", "once", "promises", "times", "volume", "weeks"]
