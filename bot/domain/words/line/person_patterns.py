"""Patterns by which names and roles in a line are told apart from the words around them."""

from __future__ import annotations

import re

from bot.domain.words.line.activities import ACTIVITIES, LABELS, MEETING, SAYING, TOPICS
from bot.domain.words.line.common import SMALL, WEEKDAYS
from bot.domain.words.line.roles import ARTICLE

ARTICLES = re.compile(rf"\s*(?:{ARTICLE}|(?:um|uh|er|erm|äh|ähm|our\s+friend|a\s+certain)\s+)*", re.IGNORECASE)
JOIN = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y|sowie)\s+|[,;+&/、]\s*|(?<=\s)(?:and|und|u\.?|et|y|plus|sowie|as\s+well\s+as)\s+|ו(?=\S))",
    re.IGNORECASE,
)
MENTION = re.compile(r"<@\w+\|([^<>|\n]{1,80})>|@(\w[\w.-]{0,60})|([\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60})+)")
BRACKET = re.compile(r"\s*\(([^(),\n]{1,60})\)")
GOES_ON = re.compile(
    r"\s*(?:$|[,;:.!?()&+/–—\n-]|(?:and|und|et|y|from|at|of|about|re|von|vom|bei|on|am|le|el|joined|were|waren)\b)", re.IGNORECASE
)
TRAILING = re.compile(r"(?:\s+(?:of|for|de|du|del|der|des))?\s*$", re.IGNORECASE)
JOIN_NEXT = re.compile(
    r"\s*(?:and|und|et|y|&|\+)\s|\s*,\s+(?:(?:the|der|die|and|und)\s+)?(?=[A-ZÄÖÜ]\w+(?:\s[A-Z]\w+)?\s*(?:$|[,.:;]|and\b|und\b))"
)
CALLED = re.compile(r"\s+(?:called|named|namens|genannt)\s+")
PET = frozenset(("big", "little", "young", "old", "wee", "auntie", "aunt", "uncle", "tante", "onkel", "oma", "opa"))
FIELD = re.compile(
    r"(?:\w*leiter|\w*leiterin|leitung|vp|svp|evp|head|director|manager|lead|chef|chefin|referent|referentin)\s", re.IGNORECASE
)
COUNTED = re.compile(
    r"(?:both|two|three|four|five|several|some|zwei|drei|vier|fünf|beide|einige|mehrere|[2-9])\s+(?:of\s+(?:the|their|her|his)\s+)?"
    r"(?:(?:[a-z]+\s+){0,2}(?:[a-z]{2,}(?:ers|ors|ists|ees|men|women|ians|ants|nurses|clerks)|sons|daughters|brothers|sisters|colleagues|people|students|residents|ladies|interns)"
    r"|[A-ZÄÖÜ][\w-]*(?:innen|leiter|meister|Azubis|azubis|kollegen|Kollegen|Kunden|mitarbeiter|Mitarbeiter|techniker|führer|ärzte|Ärzte|pfleger|Pfleger|Söhne|Töchter|Leute|Herren|Damen)|Azubis|Kollegen|Kunden|Mitarbeiter|Techniker|Ärzte|Pfleger|Söhne|Töchter|Leute|Herren|Damen|Kundinnen)"
    r"(?![\w-])"
)
THINGS = re.compile(
    r"\b(?:orders|trailers|servers|containers|printers|computers|scanners|numbers|papers|letters|offers|meters|filters|boilers|tankers|routers|sensors|motors|doors|floors|errors|tractors|monitors"
    r"|others|matters|counters|customers|quarters|helicopters|chargers|freezers|readers|trackers|parameters|suppliers|retailers|competitors|plants|tenants|variants|components|documents|agreements|shipments|payments|comments|events|restaurants)$"
)
EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d]{1,8}\s")
MOST, MOST_WORDS = 20, 6
NOT_WITHIN = SMALL | SAYING | WEEKDAYS | {"في", "من", "عند"}
NO_NAME = NOT_WITHIN | ((ACTIVITIES | MEETING | LABELS | TOPICS) - {"lead", "prospect", "contact", "customer", "client"})
NO_PERSON = frozenset(
    ("both", "all", "each", "them", "everyone", "allen", "beiden", "beide", "missed", "competitor", "rival", "supplier")
)
NO_NAME |= NO_PERSON
