"""Words that stand before names: of customers met, and of those merely spoken of."""

from __future__ import annotations

import re

_ARTICLE = r"(?:(?:the|our|my|their|a|an|der|die|das|dem|den|la|le|les|l'|el|los|las|unser\w*|folks|people|team|guys|friends|at|from|of)\s+){0,3}"
VISITED = re.compile(
    r"(?:\b(?:visit(?:ed|ing|s)?|met|meeting|saw|seen|called|call|phoned|rang|toured|hosted|spoke|spoken|talked|talk|chat(?:ted)?|lunch|dinner"
    r"|coffee|breakfast|workshop|demo|sat(?:\s+down)?|popped\s+(?:in|into|round)|dropped\s+(?:in|into|by)|stopped\s+by|went|been|was|were|am|is"
    r"|phone|voicemail|besucht\w*|besuch|traf|trafen|getroffen|gesprochen|telefonat|telefoniert|gespräch|termin|war|waren|bin|sind|essen|kaffee"
    r"|angerufen|visite|visité|vu|rencontré|rendez-vous|appel|appelé|déjeuner|visit[ée]|vi|reunión|llamada|llamé|comida|café|hablé|estuve"
    r"|زرت|قابلت|اجتمعت|פגשתי|ביקרתי|דיברתי)\s+(?:(?:with|to|at|in|by|into|on|bei|mit|im|beim|in|von|zu|chez|avec|à|au|con|en|a|de|مع|عם|את|עם)\s+)*"
    rf"|\b(?:at|bei|beim|chez)\s+){_ARTICLE}$",
    re.IGNORECASE,
)
"""Right before a customer that was met."""

LED = re.compile(
    rf"(?:\b(?:with|w|to|from|of|in|by|for|re|mit|von|vom|im|zu|zum|zur|für|avec|de|du|à|au|con|en|del|مع|في|من|عند|ב|עם|את)\s+|\bw/\s*|@\s*)"
    rf"{_ARTICLE}$",
    re.IGNORECASE,
)
"""Right before a name of any kind."""

SPOKEN_OF = re.compile(
    r"\b(?:than|like|unlike|versus|vs\.?|competitors?|against|instead\s+of|compared\s+(?:to|with)|comparing\s+(?:us\s+)?(?:to|with)|left|leaving"
    r"|(?:move[sd]?|moving|switch(?:ed|ing)?|changed?|changing|bought|buys?|buying|came|coming|migrat\w+|away)\s+(?:\w+\s+)?(?:to|from|over)"
    r"|als|wie|statt|gegen|gegenüber|verglichen\s+mit|wechsel\w*\s+(?:von|zu)|weg\s+von|que|comme|contre|como|contra)\s+"
    rf"{_ARTICLE}$",
    re.IGNORECASE,
)
"""Right before a company that a customer speaks of."""

JOINED = re.compile(
    r"\s*(?:,|&|\+|/|\b(?:and|und|et|y|sowie|as\s+well\s+as|plus|with|mit|avec|con)\b)\s*(?:the\s+|bei\s+|at\s+)?", re.IGNORECASE
)
"""All that may stand between two of the same kind."""

LOOKED_AT = 60
"""Characters before a name in which such words are looked for."""
