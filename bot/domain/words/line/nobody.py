"""Words around a name or role that say nobody was met there: places, products, competitors, groups, who was away, and colleagues."""

from __future__ import annotations

import re

from bot.domain.words.line.given_names import is_clear, is_given
from bot.domain.words.line.roles import ROLE
from bot.domain.words.line.scene import Met, Scene
from bot.domain.words.line.tokens import folded

PLACE = (
    r"depot|warehouse|plant|site|branch|office|store|shop|showroom|factory|yard|hub|campus|terminal|wharf|dock|quay|pier|hall"
    r"|building|block|tower|floor|room|ward"
    r"|line|gate|unit|zone|route|street|road|region|area|station|garage|workshop|studio|lab|farm|field|mine|mill|port"
    r"|harbou?r|school|clinic|hospital|house|estate"
    r"|werk|filiale|standort|niederlassung|zweigstelle|lager|lagerhalle|halle|büro|hafen|bahnhof|labor|werkstatt|markt|klinik"
    r"|klinikum|spital|krankenhaus|schule|baustelle|hof"
    r"|lieferant|konkurrent|konkurrenz|wettbewerber|mitbewerber|competitors?|rivals?|suppliers?|vendors?|brand|product|model"
    r"|version|ship|boat|vessel|truck|system|software|app|tool"
)
_PLACED = re.compile(rf"(?:^|\W)(?:{PLACE})\s*$", re.IGNORECASE)
_IS_PLACE = re.compile(rf"(?:{PLACE})\b", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:missed|missing|without|ohne|instead\s+of|statt|waited\s+(?:an?\s+\w+\s+)?for|lost|verpasst|nicht|looking\s+for"
    r"|replac\w+|sent\s+to|emailed|left\s+a\s+\w+\s+for|tell|ask)"
    r"\s+(?:the\s+|her\s+|his\s+|den\s+|die\s+|dem\s+)?$",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\s*,?\s*(?:(?:is|was|has|had|war|ist|will|leider|again|sadly|just|wieder|mal|wohl)\s+)*"
    r"(?:(?:never|did\s+not|didn['’]?t|wasn['’]?t|couldn['’]?t|not\s+(?:there|in|around|available|present|here|about)|nicht\s+(?:da"
    r"|dabei|angetroffen|erreicht|gekommen|erschienen|anwesend|getroffen)|kam\s+nicht)\b|no[- ]show|away\b|off\b"
    r"|sick\b|ill\b|absent\b|on\s+(?:leave|holiday|vacation)\b|leaving\b"
    r"|left\s+(?:for|in|us|them|the)\b|retir\w+|quits?\b|resign\w*|starts?\s+(?:in|on|next)\b|starting\b|takes\s+over\b"
    r"|joins\b|im\s+urlaub|krank\b|liegt\s+im\b|verlässt\b|übernimmt\b|geht\s+(?:in|bald|zum)\b"
    r"|kommt\s+(?:im|ab|erst)\b|fehlt\w*\b|wechselt\b|kündigt\b|verstorben|died\b|passed\s+away)",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"(?:^|\W)(?:our|unser|unsere|unserem|unseren|unserer|notre|nuestr[oa]|kollegin|kollege|kollegen)\s+(?:own\s+)?$", re.IGNORECASE
)
_FROM_US = re.compile(r"\s+(?:from|of|in|on|at|von|aus|bei)\s+(?:us|our|uns|unser\w*)\b", re.IGNORECASE)
_GROUP = re.compile(
    r"[\w-]*[a-z]{3}(?:ers|ors|ees|ents|ants|ists|rses|ians|cians|men|women|innen|staff|people|parents|boys)", re.IGNORECASE
)
_BARE_GROUP = re.compile(
    r"(?:kunden|fahrer|berater|monteure|techniker|mitarbeiter|kollegen|arbeiter|lehrer|gäste|sons|daughters|hq|nurses|doctors|teachers"
    r"|drivers|operators|councillors|managers|engineers|trainees|farmers|planners|dispatchers"
    r"|customers|workers|guests|clerks|porters|cooks|mechanics|partners)$",
    re.IGNORECASE,
)


def is_nobody(scene: Scene, one: Met) -> bool:
    """Whether what is around a name says that it is a thing, a place or a group, or somebody who wasn't there."""
    start = scene.text.find(one.name.split(" (")[0], one.start, one.end)
    start = one.start if start < 0 else start
    before = scene.text[max(0, start - 40) : start]
    if _AWAY.search(before) or _ABSENT.match(scene.text, one.end) or _OURS.search(before) or _FROM_US.match(scene.text, one.end):
        return True
    if _IS_PLACE.match(one.name) and " " in one.name and not one.name.islower():
        return not any(is_clear(folded(word)) for word in one.name.split()) and ROLE.match(one.name) is None
    if _PLACED.search(before) and not is_clear(folded(one.name.split()[0])) and not one.led:
        return True
    if re.search(r"['’]s$", one.name) and re.match(r"\s+\w", scene.text[one.end :]):
        return True
    return not one.led and _is_group(one.name)


def _is_group(name: str) -> bool:
    words = name.split()
    if any(is_given(folded(word)) for word in words) or len(words) > 1:
        return False
    return _BARE_GROUP.match(name) is not None or (name.islower() and _GROUP.fullmatch(name) is not None)
