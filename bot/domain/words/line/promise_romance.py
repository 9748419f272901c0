"""Commitments as they are told in French and Spanish: the usual forms."""

from __future__ import annotations

import re

from bot.domain.words.line.promise_parts import Claim, Piece
from bot.domain.words.line.promise_vocabulary import NAME, NONE

_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE | re.DOTALL)
    for shape in (
        r"(?:^|\b|[’'])(?:j['’]ai|(?:nous\s+)?avons|on\s+a|je|nous|on)?\s*(?:leur\s+|lui\s+|aussi\s+|bien\s+)*(?:promis|promets|promettons|promet|garantis|assuré)\s+(?:(?:aux?|à|au)\s+\S+\s+)?(?:de\s+|d['’]|qu['’](?:on|elle|il)\s+|que\s+(?:nous|je|l['’]on)\s+)?(?P<what>\S.*)",
        r"\b(?:je\s+m['’]engage|m['’]engage|je\s+me\s+suis\s+engagée?|nous\s+nous\s+(?:engageons|sommes\s+engagés)|on\s+s['’](?:engage|est\s+engagé))\s+(?:à\s+|pour\s+)?(?P<what>\S.*)",
        r"\b(?:je\s+vais|nous\s+allons|on\s+va|je\s+dois|nous\s+devons|on\s+doit|il\s+faut)\s+(?:aussi\s+|leur\s+|lui\s+)*(?P<what>\S.*)",
        r"\b(?:je|nous|on)\s+(?:leur\s+|lui\s+|vous\s+|les\s+|la\s+|le\s+|l['’])*(?P<what>\w+(?:rai|rons|ra)\b.*)",
        r"(?:^|\W)j['’](?:y\s+)?(?P<what>\w+rai\b.*)",
        r"\b(?:je|nous|on)\s+(?P<what>(?:leur\s+|lui\s+)*(?:envoie|envoyons|livre|livrons|prépare|préparons|rappelle|rappelons|transmet\w*|fournit|fournissons|revient|revenons|reviens|règle|vérifie|corrige|partage|contacte|organise)\b.*)",
        r"(?:^|\b)(?:(?:le|les|nos)\s+)?(?:he|hemos)?\s*(?:les\s+|le\s+|también\s+)*(?:prometido|prometí|prometimos|prometo|prometemos|garantizo|garantizamos)\s+(?:(?:a|al)\s+\S+\s+)?(?:que\s+)?(?P<what>\S.*)",
        r"\b(?:me\s+comprometí|nos\s+comprometimos|me\s+comprometo|nos\s+comprometemos|me\s+he\s+comprometido|nos\s+hemos\s+comprometido)\s+(?:a\s+|con\s+)?(?P<what>\S.*)",
        r"\b(?:quedé|quedamos|he\s+quedado|hemos\s+quedado|acordamos)\s+(?:en|de)\s+(?P<what>\S.*)",
        r"\b(?:voy|vamos)\s+a\s+(?P<what>\S.*)",
        r"\b(?:tengo|tenemos|hay)\s+que\s+(?P<what>\S.*)",
        r"^\W*(?:y\s+)?(?:(?:yo|nosotros)\s+)?(?P<what>(?:les?\s+|se\s+lo\s+)*(?:\w+(?:aré|eré|iré|aremos|eremos|iremos)|envío|enviamos|mando|mandamos|entregamos|preparo|preparamos|reviso|revisamos)\b.*)",
    )
)
_NAMED = re.compile(
    rf"(?:^|\b(?:et|y|que)\s+)\W*(?P<owner>{NAME})\s+(?P<what>(?:leur\s+|lui\s+|les?\s+)*(?:va\s+a\s+|va\s+|doit\s+|debe\s+|tiene\s+que\s+)?(?:s['’]occupe|se\s+charge|se\s+encarga|se\s+ocupa"
    rf"|envoie|enverra|envoyer|livre\w*|prépare\w*|rappelle\w*|transmet\w*|fourni\w*|vérifie\w*|corrige\w*|contacte\w*|envía|enviará|enviar|manda\w*|entrega\w*|prepara\w*|llama\w*|revisa\w*|arregla\w*)\b.*)",
    re.DOTALL,
)
_STRONG = re.compile(r"\b(?:prom\w+|engag\w+|comprom\w+|qued\w+|garan\w+|assuré|acordamos)\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"\b(?:ils?|elles?|ellos|ellas|él|ella|(?:nous|m['’]|me)\s*(?:ont|a)\b|ont|nos\s+(?:prometi\w+|han|ha)|prometieron|prometió|le\s+client|el\s+cliente|la\s+cliente|los\s+clientes|usted\w*|vous)\b"
    r"|\bn['’]\w+\s+(?:rien|pas)|\bno\s+(?:he|hemos|les?|prom\w+|me|nos)\b",
    re.IGNORECASE,
)
_GOVERNED = re.compile(
    r"\b(?:veulent|veut|voudrai\w*|demand\w+|souhait\w+|espèr\w+|attend\w+|pens\w+|quier\w+|pid\w+|espera\w*|piensa\w*|quisier\w*|preguntan?|solicit\w*)\b",
    re.IGNORECASE,
)


def claim(piece: Piece) -> Claim | None:
    """What of a piece is a commitment of ours; None when it is none, or somebody else's."""
    words = piece.words
    for shape in _SHAPES:
        found = shape.search(words)
        if found is None or NONE.match(found["what"]):
            continue
        lead = words[: found.start("what")]
        if _THEIRS.search(lead) or _GOVERNED.search(lead):
            continue
        if piece.dues or piece.listed or piece.headed or _STRONG.search(lead):
            return Claim("", found.start("what"), len(words))
    found = _NAMED.search(words)
    if found and piece.dues and not re.search(r"\b(?:nous|nos|me)\b", words, re.IGNORECASE):
        return Claim(found["owner"], found.start("what"), len(words))
    return None
