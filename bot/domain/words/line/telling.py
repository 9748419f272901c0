"""Whether plain text tells of a visit or call, rather than greets, asks or wants something of the bot. Pure."""

from __future__ import annotations

import re

from bot.domain.words.line.understood import DAY, Understood

_LOOKED_AT = 300
"""Characters in which it is told what happened."""

_GREETING = re.compile(
    r"\W*(?:hello|hallo|hi|hiya|hey|good\s+(?:morning|afternoon|evening|day)|morning|guten\s+(?:morgen|tag|abend)|moin|servus|grüß\s+gott|grüezi|bonjour|salut|hola"
    r"|buenos\s+días|buenas(?:\s+tardes)?|ciao|yo|howdy|greetings)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\W*(?:thanks|thank\s+you|thx|ta|cheers|danke\w*|vielen\s+dank|merci|gracias|ok|okay|great|perfect|super|sorry|bye|tschüss|yes|no|ja|nein|oui|non|sí)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:who|what|when|where|why|how|which|can|could|would|do|does|should|may|shall|wer|wann|wo|warum|wieso|wie|welche\w*|kannst?|können|könnt\w*|soll|darf|gibt"
    r"|hast\s+du|qui|quoi|quand|où|comment|pourquoi|est-ce|quels?|quelles?|quién|qué|cuándo|dónde|cómo|puedes?)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\W*(?:please\s+|bitte\s+)?(?:show|list|find|search|give\s+me|tell\s+me|send\s+me|remind|delete|remove|cancel|open|change|edit|help|undo|stop|unsubscribe|zeig\w*|such\w*|lösch\w*"
    r"|hilf\w*|erinner\w*|aide|montre\w*|ayuda|muestra\w*)\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:call|called|phone|phoned|rang|telephoned|voicemail|zoom\w*|telefon\w*|angerufen|anruf\w*|appel|appelé\w*|téléphon\w*|llamé|llamada|llamamos|電話\w*)\b|電話",
    re.IGNORECASE,
)
_MET = re.compile(
    r"\b(?:saw|met|visited|visit|visiting|seen|meeting|spoke|talked|spoken|lunch|dinner|coffee|breakfast|workshop|popped\s+in|dropped\s+by|caught\s+up|was\s+at|were\s+at|been\s+to"
    r"|sat\s+(?:down\s+)?with|stopped\s+by|besuch\w*|getroffen|traf\w*|gesprochen|sprach\w*|war(?:en)?\s+(?:\w+\s+){0,3}bei|termin|gespräch\w*|mittagessen|vu|vue|rencontré\w*"
    r"|visite|visité\w*|déjeuner|réunion|vi\s+a|visitamos|reunión|comida|reunido)\b|訪問|面談|会った|زرت|اجتمعت|פגשתי|ביקרתי",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\S\s*[:：](?:\s|$)|\s[-–—]\s")


def is_greeting(text: str) -> bool:
    """Whether all that is said is hello."""
    found = _GREETING.match(text)
    return found is not None and not text[found.end() :].strip(" !.,👋🙂😀")


def is_call(text: str) -> bool:
    """Whether it is told of a call, and of no meeting."""
    return _CALL.search(text, 0, _LOOKED_AT) is not None and _MET.search(text, 0, _LOOKED_AT) is None


def is_told(text: str, said: Understood) -> bool:
    """Whether text tells of a visit or call, by what is understood of it.

    A customer known here must be named with something that happened, or a new one with both what and when. What greets, thanks, asks or
    wants something of the bot tells of none.
    """
    plain = text.strip()
    known = bool(said.customer.winner or said.customer.choices)
    if len(plain.split()) < 2 and plain.isascii():
        return False
    if plain.endswith(("?", "？")) or _ASKS.match(plain) or _WANTS.match(plain) or (_THANKS.match(plain) and not known):
        return False
    happened = _MET.search(plain, 0, _LOOKED_AT) is not None or _CALL.search(plain, 0, _LOOKED_AT) is not None
    when = said.happened_on is not None or DAY in said.questions
    if known:
        return happened or when or bool(said.contacts or said.promised) or _PARTED.search(plain, 0, _LOOKED_AT) is not None
    return happened and when and bool(said.customer_words)
