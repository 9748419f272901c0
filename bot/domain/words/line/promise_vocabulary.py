"""Words by which a commitment is told in running text, whatever the language; what only one language has stands with it."""

from __future__ import annotations

import re

NAME = (
    r"(?-i:@?[A-ZÀ-ÖØ-Þ][\w'’.-]{0,40}+(?:\s(?:van|von|der|de|la|bin|zu|al|[A-ZÀ-ÖØ-Þ][\w'’-]{1,40}+)){0,3}"
    r"|<@\w{1,30}+(?:\|[^>\n]{1,80})?>|@[\w.-]{1,60}+)"
)
"""Up to four words written like a name, or a mention. Always tried where a word begins."""

MONTHS = (
    r"jan(?:uary|uar)?|jän(?:ner)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?"
    r"|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
MONTH = re.compile(rf"\s*(?:{MONTHS})\b", re.IGNORECASE)

ABBREVIATED_WORDS = """
mr mrs ms dr prof sr jr st vs etc e.g i.e approx no nr inc ltd co corp z.b bzw ca str inkl ggf evtl d.h usw hr fr ing
dipl jan feb mar apr jun jul aug sep sept oct okt nov dec dez mon tue tues wed thu thur thurs fri sat sun mo di mi do sa
so
"""
ABBREVIATED = frozenset(ABBREVIATED_WORDS.split())
"""Words whose full stop ends no sentence."""

SUBJECTS = (
    r"I|we|they|he|she|it|you|there|who|which|everyone|everybody|nobody|someone|wir|ich|sie|er|es|man|die|der|das|ils?|elles?|on|nous|je|j['’]\w*"
    r"|ellos|ellas|nosotros|yo|their|his|her|our|my|mood|overall"
)
PERFORMED = (
    r"promis\w*|versprochen|versprach\w*|versprech\w*|zugesagt|zugesichert|zusage|commit\w*|pledged?|guaranteed?|agreed|agree|offered|said|told|owe"
    r"|owes|promet\w*|prometí|prometimos|quedé|quedamos|vereinbart|verpflichtet\w*|action|actions|todo|to-do|next"
)
MODALS = (
    r"will|['’]ll|shall|must|has to|needs to|is going to|to|soll\w*|wird|muss|kümmert|schickt|sendet|liefert|ruft|übernimmt|klärt"
    r"|prüft|macht|meldet"
)
BEGINS_ANEW = re.compile(
    rf"\W{{0,3}}(?:(?:and|but|also|then|so|und|aber|dann|et|mais|y|pero)\s+)?"
    rf"(?:(?:{SUBJECTS})\b|(?:I|we)['’]|(?:{PERFORMED})\b|(?:will|must|need to|have to|gotta|if|unless|falls|wenn)\b"
    rf"|{NAME}\s+(?:{MODALS})\b|{NAME}['’]ll\b)",
    re.IGNORECASE,
)
"""A piece that begins a thought of its own rather than going on with the one before."""

OURS = re.compile(rf"\b(?:I|we|wir|ich|nous|je|on|yo|nosotros)\b|\b(?:{PERFORMED})\b|\b(?:{MODALS})\b|\bj['’]", re.IGNORECASE)
"""What a piece must have for the next to be taken for the rest of it."""

GOES_ON = re.compile(
    r"(?:versprochen|zugesagt|zugesichert|vereinbart|gesagt|verpflichtet|promised|agreed|said|told\s+\w+|promis|verspreche|versprachen|sagten|sagte)\W*$",
    re.IGNORECASE,
)
"""What a piece ends with that says in the next what was promised."""

SUBORDINATE = re.compile(r"\W*(?:dass|daß|ob|that|whether|qu['’]|que\b)\s*", re.IGNORECASE)
FIRST = re.compile(r"\W*(?:I|we|wir|ich|je|nous|on)\b", re.IGNORECASE)
TO_DO = re.compile(
    r"\s*(?:to-?do|action\s+item|follow-?up\s+(?=to\b)|action(?=\s+(?:to|for)\b))s?\s+(?=\w)(?!with|by|on|is|was|were|in|at)",
    re.IGNORECASE,
)
"""A heading that no colon follows."""

HYPOTHESIS = re.compile(
    r"\b(?:if|unless|provided|assuming|supposing|in case|as long as|falls|wenn|sofern|vorausgesetzt|solange)\b|^\W*(?:should|sollten?|si)\b",
    re.IGNORECASE,
)
CHECKS = re.compile(
    r"\b(?:check|find out|see|confirm|ask|clarify|know|tell|verify|look into|prüf\w*|klär\w*|frag\w*|sag\w*|melde\w*)\b[^,]{0,40}$",
    re.IGNORECASE,
)
"""Before an “if” that means whether."""

HEADING = re.compile(
    r"(?<!\w)(?:(?:my|our|open|agreed|meine|unsere|nos|mes|mis|nuestr[ao]s|offene|vereinbarte)\s+)?"
    r"(?:to[\s-]?do'?s?|actions?(?:\s+(?:items?|points?))?|action\s+on\s+us|ai|ap|next\s+steps?|follow[\s-]?ups?|commitments?|promises?|promised(?:\s+(?:them|him|her))?(?:\s+(?:the\s+following|(?:\d|two|three|four|a\s+few|some)\s+things))?|we\s+owe(?:\s+them)?"
    r"|deliverables?|homework|tasks?|aufgaben?|aktion(?:en)?|(?:ich\s+)?nehmen?\s+mit|(?:promise|commitment)s?\s+to\s+[A-Z]\w+(?:\s+[A-Z]\w+)?|nächster?\s+schritte?|weiteres\s+vorgehen|maßnahmen?|massnahmen?|zusagen?(?:\s+gegeben)?|versprechen|versprochen|zugesagt|zugesichert|vereinbart|offen(?:e\s+punkte)?"
    r"|hausaufgaben?|wir\s+schulden(?:\s+ihnen)?|agreed|à\s+faire|prochaines?\s+étapes?|promis|engagements?|tareas?|próximos?\s+pasos?|pendientes?|compromisos?|prometido|acciones)\s*$",
    re.IGNORECASE,
)
"""What stands before a colon over things to be done."""

NONE = re.compile(
    r"\W*(?:nothing|none|no|nil|n/a|na|nichts|keine?[rsn]?|niemand\w*|rien|aucune?|nada|ningun[oa]?|zero|nobody|tbd|tbc|offen)\b",
    re.IGNORECASE,
)
"""What says that nothing was promised."""

SPOKEN_COUNT = re.compile(
    r"\W*(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|erstens|zweitens|drittens|außerdem|ausserdem|also|plus|and|und|dann|then|zudem)\b[\s,:]*",
    re.IGNORECASE,
)
MARKER = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[,;:]))\(?(?P<number>\d{1,2}|[a-e])(?P<sign>[.)])\s+(?=\S)|(?<=\n)\s*[-–•*]\s+", re.MULTILINE
)
"""What an item of a list begins with."""

DUE_LED = re.compile(
    r"\b(?:by|before|until|till|no\s+later\s+than|due|not\s+later\s+than|bis|spätestens|vor|avant|d['’]ici|jusqu['’]|antes|hasta|para|within|latest)\b",
    re.IGNORECASE,
)
TRIMMED = " \t\r\n\u00a0,;.:–—-…!*•>→"
QUOTES = '"“”„«»'
THEIRS = re.compile(
    r"\b(?:they|he|she|it|you|nobody|nothing|no|never|not|customers?|clients?|their|sie|er|es|nichts|nie|nicht|kein\w*|kunde\w*|kundin|uns|us|me|mir|ils?|elles?|rien"
    r"|aucun\w*|ellos|ellas|nada|nos)\b",
    re.IGNORECASE,
)
"""Words beside a heading that make what stands under it somebody else's, or nobody's."""
