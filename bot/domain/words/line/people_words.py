"""Words that tell of people: before those who were met, between them and their company, and after those who said something."""

from __future__ import annotations

import re

from bot.domain.words.line.roles import POSSESSIVE

MET = re.compile(
    r"(?<!\w)(?:met(?:\s+up)?(?:\s+with)?|saw|seen|(?:spoke|spoken|speaking|talked|talking|chatted|chat|talk|sat(?:\s+down)?|call|lunch|coffee|dinner"
    r"|breakfast|meeting|caught\s+up)\s+(?:to|with|w/)|phoned|rang|according\s+to|introduced\s+(?:me|us)\s+to|(?:heard|calls?|voicemail|message|mail|email|word|note)\s+from|(?:\w+ed|led|run|given)\s+by|laut|im\s+beisein\s+von|in\s+anwesenheit\s+von|(?:earful|complaints?|grief|update|texts?|request)\s+from|(?:shown|guided|hosted|taken|walked|led|toured|received|greeted|welcomed|briefed|met)\b[^.;:,\n]{1,60}\sby"
    r"|(?:in\s+attendance|present|attending|anwesend|dabei|am\s+tisch|on\s+the\s+call|around\s+the\s+table)\s[^:.\n]{1,60}:|(?:empfangen|geführt|begrüßt|begleitet|eingeladen|gezeigt|anruf|nachricht|rückmeldung|info)\s+(?:von|durch)|shadowed|interviewed|trained|accompanied|(?:people|persons?|contacts?|with|who|whom|personen|kontakte|avec|con|mit)\s*[:：]|(?:ran|bumped)\s+into|in\s+the\s+room\s[^:\n]{1,40}[:：]|(?:zoom|zoomed|teams|drinks|dined|session|workshop|walked|toured)\s+(?:with|w/)|(?:guided|shown\s+around|called|phoned|rung|visited|shown\s+round|contacted|joined)\s+by|hosted\s+by|received\s+by|greeted\s+by|introduced\s+to"
    r"|(?:attendees|attending|present|participants|in\s+the\s+room|in\s+attendance|there)\s*(?:were|was)?\s*[:：]|attendees|participants"
    r"|(?:teilnehmer(?:innen)?|teilnehmende|anwesend|dabei|gesprächspartner(?:in)?|ansprechpartner(?:in)?)(?:\s*(?:waren|war))?\s*[:：]?|participants\s*[:：]"
    r"|présents?\s*[:：]|asistentes\s*[:：]?|traf|trafen|getroffen\s+mit|gesprochen\s+mit|geredet\s+mit|vus?|rencontrée?s?|appelée?|parlé\s+(?:à|avec)|discuté\s+avec|visto|asistieron|vi\s+a|قابلت|التقيت|اجتمعت\s+مع|פגשתי\s+את)\s*(?:\s(?=\S)|(?<=[:：])(?=\S))",
    re.IGNORECASE,
)
WITH = re.compile(
    r"(?<![\w/])(?:with|w/|w\.|w|mit|avec|con|together\s+with|zusammen\s+mit)\s+(?=\S)|(?<!\w)w/(?=\S)|(?<![^\s,;(])(?:مع|עם)\s+",
    re.IGNORECASE,
)
AT = re.compile(
    r"(?<!\w)(?:bei|from|von|by|(?:rief|ruft|empfing|begrüßte|führte)\s+(?:mich|uns|mir))\s+(?=(?:frau|herrn?|dr|prof|mr|mrs|ms|dame|sir)\b)",
    re.IGNORECASE,
)
FROM = re.compile(
    r"\s*[,(]?\s*(?:from|at|of|von|vom|bei|beim|de|du|chez|del|@|/|(?<=\())\s*(?:the\s+|der\s+|den\s+)?$", re.IGNORECASE
)
THERE = re.compile(
    r"(?:\s*(?:and|und|&|\+)\s+(?:(?:his|her|their|the|sein|ihr|das|rest\s+of\s+the)\s+)?(?:team|colleagues|kollegen|crew))?\s*(?:(?:was|were|waren|war|both|beide|all|also|auch)\s+)*(?:both\s+)?(?:dabei|in|there|present|here|attended|joined|joined\s+(?:us|in)|in\s+the\s+room|da"
    r"|anwesend|vor\s+ort|on\s+the\s+call|am\s+tisch|participated)?\s*$",
    re.IGNORECASE,
)
THEIRS = re.compile(rf"(?<!\w){POSSESSIVE}\s+", re.IGNORECASE)
NOT_MET = re.compile(
    r"\b(?:to|for|from|about|of|by|without|via|für|an|über|ohne|pour|para|sent|send|email|emailed|ask|replaced|miss(?:ed|ing)?|not|no)\s+$",
    re.IGNORECASE,
)
BEIM = re.compile(r"(?<!\w)(?:beim|bei\s+der|bei\s+dem|bei\s+ihrem|bei\s+ihrer)\s+", re.IGNORECASE)
PLURAL = re.compile(
    r"\s+(?:both\s+|all\s+|beide\s+|alle\s+|also\s+|auch\s+)?(?:say|think|want|need|like|love|hate|ask|are|were|have|had|told|said|wanted|asked|complain|complained|agree|agreed|walked|took"
    r"|showed|feel|felt|came|joined|sagen|meinen|wollen|finden|klagen|berichten|erzählen|möchten|sind|waren|haben|hatten|meinten|sagten|wollten)\b",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"(?<!\s)\s+(?:says?|said|told|tells|thinks?|thought|wants?|wanted|asked|asks|mentioned|complained|confirmed|rang|called|phoned|explained|reported|likes?|loves?"
    r"|(?:showed|took|walked|gave)\s+(?:me|us)|(?:hat|haben)\s+(?:mir|uns)|is|was|were|sagt|sagte|meint|meinte|will|wollte|möchte|klagt|klagte|fragte|erzählt|erzählte|berichtet|berichtete|hat|ist|war|rief)\b",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:(?:showed|took|walked|gave)\s+(?:me|us)|(?:hat|haben)\s+(?:mir|uns)|says?|said|told|tells|asked|asks|mentioned|explained|rang|called|phoned|sagt|sagte|meint|meinte|rief|erzählt\w*)\b",
    re.IGNORECASE,
)
IS = re.compile(
    r"\s+(?:[a-z]{2,}(?:es|ed|[a-rt-z]s)|is|was|were|seems?|seemed|looks?|looked|felt|has|had|said|told|wants?|veut|quiere|loves?|likes?|hates?|showed|gave|took|very|really|quite|not|still|super|rather|a\s+bit"
    r"|in\s+(?:a\s+)?(?:good|bad|great|foul|better)|zufrieden|unzufrieden|sauer|verärgert|begeistert|skeptisch|freundlich|nervös|genervt|gereizt|enttäuscht|gut\s+gelaunt|schlecht\s+gelaunt|thrilled|impressed|disappointed|excited|sour|grumpy|cautious"
    r"|furious|happy|unhappy|pleased|angry|annoyed|worried|delighted|sceptical|skeptical|open|friendly|nervous|upset|keen)\b",
    re.IGNORECASE,
)
TUT = re.compile(r"\s+(?!(?:und|oder|fehlt|fehlen|gesucht|wechselt|übernimmt)\b)[a-zäöü]{3,}\b")
DEPARTMENTS = frozenset(
    (
        "pilot",
        "sales",
        "operations",
        "ops",
        "finance",
        "legal",
        "marketing",
        "procurement",
        "purchasing",
        "logistik",
        "technik",
        "vertrieb",
        "it",
        "hr",
        "driver",
        "drivers",
        "junior",
    )
)
MINE = re.compile(r"\s*(?:and|und|&|,)\s+(?:I|me|ich|we|wir)\b")
GONE = re.compile(
    r"\s+(?:is\s+|has\s+|was\s+|will\s+|just\s+)*(?:leaving|left|leaves?|quit\w*|resign\w*|retir\w*|away|off|on\s+leave|gone|sick|fired|verlässt|geht|weg|krank)\b",
    re.IGNORECASE,
)
PARTICIPLE = re.compile(r"(?<!\s)\s+(?:getroffen|gesehen|kennengelernt|besucht|angerufen|gesprochen|interviewt)\b", re.IGNORECASE)
SIGHT = re.compile(r"(?:saw|seen|vue?s?|visto|phoned|rang)\s*$", re.IGNORECASE)
"""After these, words of small letters are things as often as people."""

OPINION = re.compile(
    r"\b(?:happy|unhappy|pleased|problems?|trouble|issues?|zufrieden|unzufrieden|probleme?|fine|ok|good|bad)\s+$", re.IGNORECASE
)
