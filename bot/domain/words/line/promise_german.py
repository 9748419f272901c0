"""Commitments as they are told in German, where the verb may stand at the end and who does it after it."""

from __future__ import annotations

import re

from bot.domain.words.line.promise_parts import Claim, Piece
from bot.domain.words.line.promise_vocabulary import NAME, NONE, TRIMMED

_STEMS = """
schick verschick nachschick zuschick send versend zusend nachsend liefer nachliefer meld ruf anruf zurückruf prüf
überprüf klär abklär besorg erstell mach bring organisier vereinbar mail übermittel überarbeit reparier tausch austausch
kümmer beheb lös koordinier informier antwort beantwort teil gib geb schau recherchier plan veranstalt lad einlad bestell
installier bau test setz umsetz übernehm übernimm hol nehm nimm sprech sprich besprech bespricht schreib kalkulier rechn
berechn übersetz druck korrigier aktualisier ergänz leg vorleg präsentier zeig richt einricht schalt freischalt führ
start bearbeit erledig freigeb unterschreib reich nachreich einreich stell bereitstell zusammenstell hak nachhak fass
nachfass biet anbiet gutschreib erstatt senk verläng verbesser änder ander passt anpass schul trainier vorbereit bereit
untersuch analysier dokumentier ausarbeit arbeit skizzier bestätig kontaktier vermittel stimm abstimm frag nachfrag leit
weiterleit tu erneuer wechsel montier wart begleit besuch komm vorbeikomm fahr erklär zahl gewähr verschieb geh sicher
sorg
"""
_STEM = rf"(?:{'|'.join(sorted(set(_STEMS.split()), key=len, reverse=True))})"
_DOES = rf"(?:{_STEM}e?t|hilft|hält|gibt|kommt|lädt|tut)"
_DO = rf"(?:(?:\w+?)?{_STEM}e?n|tun)"
_TO_DO = rf"(?:\w*?zu\w*?{_STEM}e?n|zu\s+(?:\w+\s+)?{_STEM}e?n|{_DO})"
_STATES = re.compile(
    r"(?:sind|waren|hatten|haben|habe|hatte|bin|war|wissen|weiß|warten|brauchen|brauche|hoffen|hoffe|denken|denke|glauben|glaube|freuen|bleiben|sahen|trafen|sehen|treffen|wollen|will"
    r"|möchten|dürfen|sollten|sollen|könnten|würden|wären|hätten|kennen|mögen|verlieren|gewinnen|sprachen|besuchten|redeten|können|kann)$",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:wir|ich)\b", re.IGNORECASE)
_PERFORMED = re.compile(r"\b(?:versprochen|zugesagt|zugesichert|garantiert|verpflichtet|in\s+Aussicht\s+gestellt)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?P<verb>verspreche|versprechen|versprach|versprachen|sagte|sagten|sage|garantiere|garantieren|sichern?|sicherten|verpflichte|verpflichten)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\W*(?:und|aber|dann|auch|also|noch|haben|habe|hab|hat|hatte|hatten|wir|ich|ihm|ihr|ihnen|uns|mich|dem\s+Kunden|der\s+Kundin|den\s+Kunden|denen|dabei|dort|heute|gestern|vor\s+Ort|wurde|wurden|ist|sind|worden|fest"
    r"|ihm\s+gegenüber|dass|daß|dazu|darum|werde|werden|müssen|muss|jetzt|bitte|wir\s+ihnen|gegenüber|nochmal|schon|natürlich)\b)+[\s,:]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]*\b(?:(?:haben|habe|hab|wurde|wurden|worden|ist|sind|werden|werde|müssen|muss|soll|wird|zu|wir|ich|ihnen)\b[\s,]*)+$",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:sie|er|es|man|niemand|keiner|Kunden?|Kundin|Lieferant\w*|Einkauf|Geschäftsführ\w*|Chef\w*|Vorstand|deren|(?:der|die|das|ihre?r?|sein|seine)\s+\w+)\s+(?:\w+\s+)?(?:hat|haben|hatte|hatten|versprach\w*|sagte\w*|will|wollen|wird|werden|schick\w+|meld\w+|liefer\w+|ruf\w+|soll\w*)\b"
    r"|\b(?:hat|haben)\s+(?:sie|er|es|man|uns|mir|der|die)\b|\b(?:wurde|wurden|ist|sind|werden)\s+(?:uns|mir)\b|\b(?:hat|haben)\s+(?:der|die|das)\s+\w+|\bvon\s+ihnen\b",
    re.IGNORECASE,
)
_TO_US = re.compile(r"\b(?:uns|mir)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:nichts?|nie|niemals|kein\w*|niemand\w*|ohne|weder)\b", re.IGNORECASE)
_GOVERNED = re.compile(
    r"\b(?:ob|warum|wieso|wann|wie|wollen|will|möchte\w*|wünsch\w*|hoff\w*|erwart\w*|forder\w*|verlang\w*|bitte[nt]|bat|fragt?e?n?|sollen\s+wir|wir\s+sollen|ich\s+soll|sollte\w*|könnte\w*|würde\w*|hätte\w*|vielleicht|evtl|eventuell|glaub\w*|denk\w*|befürcht\w*|kann|können|brauch\w*)\b",
    re.IGNORECASE,
)
_NO_OWNER = re.compile(
    r"(?:@?(?:Herr\w*|Frau|Dr|Prof|Kund\w*|Chef\w*|Einkauf|Vertrieb|Netz|Reederei|Lieferant\w*|Geschäftsführ\w*|Vorstand|Produktion|Leiter\w*|Das|Der|Die|Ein|Eine|Sie|Er|Es|Wir|Ich|Man|Und|Dann|Bis|Am|Im|Bei|Mit|Von|Zu|Nach|Für|Auf|Werk|Zentrale|Technik|IT|Labor|Behörde|Amt|Stadt|Bank|Spedition|Hersteller|Händler|Betrieb\w*|Firma|Konzern|Kolleg\w*|Sekretariat|Buchhaltung|Controlling"
    r"|Marketing|Lager|Küche|Klinik|Praxis|Schule|Verein|Rat|Bürgermeister\w*|Inhaber\w*|Eigentümer\w*|Meister|Techniker|Monteur\w*|Fahrer|Berater\w*|Anw[aä]lt\w*"
    r"|Projekt|Ware|Umbau|Umzug|Bau|Start|Software|System|Portal|Anlage\w*|Maschine\w*|Server|Strom|Wasser|Gas|Halle|Heizung|Pumpe\w*|Zähler|Muster|Konzept|Neubau|Betriebsrat"
    r"|Rechenzentrum|Filiale\w*|Standort\w*|Pilot|Test|Demo|Schicht|Linie|Kantine|Gericht|Verband|Ministerium|Stadtrat|Gemeinde|Partner\w*|Dienstleister|Zulieferer|Logistik"
    r"|Angebot\w*|Vertrag\w*|Preis\w*|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Heute|Morgen|Gestern|Ende|Mitte|Anfang|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Rückruf|Wer|Was|Jetzt|Bitte|Noch|Auch|Alle|Alles|Team|Ihr\w*|Sein\w*|Unser\w*)|\w+(?:ung|ungen|heit|keit|tion|ität|schaft|abteilung|leitung|leiter|leiterin|team|amt))$"
)
_THIRD = re.compile(
    rf"(?<!\w)(?P<owner>{NAME}|[Uu]nsere?\s+\w+|[Mm]eine?\s+\w+)\s+(?P<verb>{_DOES}|soll|wird|muss|übernimmt|kümmert\s+sich)\b(?P<rest>.*)",
    re.DOTALL,
)
_INVERTED = re.compile(rf"(?<!\w)(?P<verb>{_DOES}|soll|wird|muss|übernimmt|kümmert\s+sich)\s+(?P<owner>{NAME})(?!\w)")
_ARTICLE = re.compile(
    r"\b(?:der|die|das|dem|den|ein|eine|einer|ihr|ihre|sein|seine|deren"
    r"|dessen|jede[rs]?|kein\w*|manche\w*|viele|alle|neue[rs]?)\s+$",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"(?:prüf|überprüf|meld|klär|besprech|bespricht|bestätig|antwort|komm|überleg|frag)", re.IGNORECASE)
_OURS = re.compile(r"(?:unsere?|meine?)\s", re.IGNORECASE)
_AT_LAST = re.compile(rf"\b(?:dass|daß)\s+(?P<owner>{NAME})\s.*(?<!\w)(?P<verb>\w*?{_DOES})\W*$", re.DOTALL)
_SCHULDEN = re.compile(r"\b(?:schulde|schulden)\b", re.IGNORECASE)
_COMES = re.compile(r"\b(?:folgt|folgen|kommt|kommen|geht|gehen|liefern|geliefert|nachgereicht|nachgeliefert)\b", re.IGNORECASE)
_BARE = re.compile(rf"^\W*(?:und\s+)?(?:{_STEM}e|melden\s+uns|melde\s+mich|kümmere\s+mich|kümmern\s+uns)\b", re.IGNORECASE)
_ENDS = re.compile(rf"(?<!\w){_TO_DO}\W*$", re.IGNORECASE)
_BEGINS = re.compile(rf"\W*(?:und\s+)?{_DO}\b", re.IGNORECASE)
_OF_US = re.compile(r"\bvon\s+(?:uns|mir)\b", re.IGNORECASE)
_WILL = re.compile(r"\W*(?:und\s+)?(?:werde|werden|muss|müssen)\s+", re.IGNORECASE)
_THEY_GET = re.compile(
    r"^\W*(?:und\s+)?(?:sie|er)\s+(?:bekommen|bekommt|erhalten|erhält|kriegen|kriegt)\b(?!.*\bvon\b)", re.IGNORECASE | re.DOTALL
)
_FROM_US = re.compile(
    r"\b(?:bekommen|bekommt|erhalten|erhält|kriegen|kriegt|hat|haben)\b.*\bvon\s+(?:uns|mir)\b|\bvon\s+(?:uns|mir)\b.*\b(?:bekommen|bekommt|erhalten|erhält|kriegen|kriegt)\b",
    re.IGNORECASE | re.DOTALL,
)


def claim(piece: Piece) -> Claim | None:
    """What of a piece is a commitment of ours; None when it is none, or somebody else's."""
    words = piece.words
    if _NEGATED.search(words):
        return None
    return _performed(piece, words) or _said(words) or _ours(piece, words) or _named(piece, words) or _bare(piece, words)


def _performed(piece: Piece, words: str) -> Claim | None:  # noqa: PLR0911 - a line for each reason
    """“Angebot bis Freitag zugesagt”, “wir haben versprochen, das Angebot zu schicken”, “es wurde ihnen eine Schulung zugesagt”."""
    found = _PERFORMED.search(words)
    if found is None or _GOVERNED.search(words, 0, found.start()):
        return None
    before = words[: found.start()]
    ours = _WE.search(before) is not None
    ours = ours or re.search(r"\b(?:mich|uns)\s+verpflichtet\b", words, re.IGNORECASE) is not None
    if not ours and (_THEIRS.search(words) or _TO_US.search(before)):
        return None
    if ours and re.search(r"\b(?:wurde|wurden|ist|sind)\s+(?:uns|mir)\b", before, re.IGNORECASE):
        return None
    after = words[found.end() :].strip(TRIMMED)
    if NONE.match(after):
        return None
    owner = ""
    if not ours and (named := re.search(rf"(?<!\w)(?P<owner>{NAME})\s+(?:hat|hatte)\b", before)):
        if _no_owner(named["owner"], piece, named.start("owner")):
            return None
        owner = named["owner"]
    if after and _beyond_dues(piece, words[found.end() :], found.end()):
        return Claim(owner, *_within(words, found.end(), len(words)))
    begun = words.find(owner) + len(owner) if owner else 0
    return Claim(owner, *_within(words, begun, found.start()))


def _beyond_dues(piece: Piece, words: str, at: int) -> bool:
    """Whether more than a day stands in some words of a piece."""
    for one in piece.dues:
        words = words.replace(piece.text[one.start : one.end], "") if one.start >= piece.start + at else words
    return bool(words.strip(TRIMMED))


def _said(words: str) -> Claim | None:
    """“Wir sagen ihnen das Angebot bis Freitag zu”, “ich verspreche ihnen …”, “wir schulden ihnen …”."""
    if _GOVERNED.search(words):
        return None
    found = _SAYS.search(words) or _SCHULDEN.search(words)
    if found is None or not (_WE.search(words) or re.match(r"\W*(?:verspreche|schulde|schulden)\b", words, re.IGNORECASE)):
        return None
    if found[0].lower().startswith(("sag", "sich")) and not re.search(r"\bzu\W*$", words, re.IGNORECASE):
        return None
    end = len(re.sub(r"\s+zu\W*$", "", words)) if found[0].lower().startswith(("sag", "sich")) else len(words)
    return Claim("", *_within(words, found.end(), end))


def _ours(piece: Piece, words: str) -> Claim | None:
    """“Wir schicken die Muster bis Freitag”, “bis Freitag prüfen wir den Vertrag”, “dass wir bis Freitag liefern”."""
    found = _WE.search(words)
    if found is None or _GOVERNED.search(words) or _THEIRS.search(words, 0, found.start()):
        return None
    verb = _verb_beside(words, found)
    will = re.search(r"\b(?:werde|werden|muss|müssen)\b", words, re.IGNORECASE) is not None
    to_them = re.search(r"\b(?:ihnen|ihm|ihr|dem\s+Kunden)\b", words, re.IGNORECASE) is not None
    if not (
        piece.dues
        or piece.listed
        or piece.headed
        or (to_them and will)
        or (to_them and verb and re.fullmatch(rf"{_STEM}e?n?", verb, re.IGNORECASE))
    ):
        return None
    if not will and (not verb or _STATES.match(verb)) and not _ENDS.search(_bare_of_dues(piece)):
        return None
    if found.start() > 0 and verb and words[: found.start()].rstrip().endswith(verb):
        return Claim("", *_within(words, 0, len(words)), gap=found.span())
    return Claim("", *_within(words, found.end(), len(words)))


def _verb_beside(words: str, subject: re.Match[str]) -> str:
    """The verb that stands beside “wir”: after it, or before it where something else begins the sentence."""
    before = re.search(r"(\w+)\s+$", words[: subject.start()])
    after = re.match(r"\s+(\w+)", words[subject.end() :])
    for beside in filter(None, (before, after)):
        if (_LIKE_VERB.fullmatch(beside[1]) or _SHORT_FORM.fullmatch(beside[1])) and beside[1] not in _SMALL:
            return beside[1]
    return ""


_SHORT_FORM = re.compile(_STEM)
_LIKE_VERB = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+(?:en|e|n)")
_SMALL_WORDS = """
die den eine einen keine keinen ihre ihren unsere unseren seine seinen ihnen denen in an von wenn wann dann denn ohne
gegen neben morgen heute gestern beide alle viele neue neuen gerne gern schon nun sehen einige weitere diese diesen jede
jeden
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def _bare_of_dues(piece: Piece) -> str:
    words = piece.words
    for one in reversed(piece.dues):
        words = words[: one.start - piece.start] + words[one.end - piece.start :]
    return words


def _named(piece: Piece, words: str) -> Claim | None:
    """“Tom schickt die Tourdaten bis Montag”, “Jan kümmert sich um …”, “das Angebot schickt Tom bis Montag”."""
    for shape in (_THIRD, _INVERTED, _AT_LAST):
        found = shape.search(words)
        if found is None or _GOVERNED.search(words, 0, found.start()) or _WE.search(words):
            continue
        named = re.split(r"\s+", found["owner"])
        owner = found["owner"]
        if _no_owner(owner, piece, found.start("owner")) or any(
            _NO_OWNER.match(one) for one in named if not owner[:1].islower() and not _OURS.match(owner)
        ):
            continue
        to_us = re.search(r"\bmeldet\s+sich\b", words) is None and _TO_US.search(words) is not None
        led = any(one.led for one in piece.dues)
        meant = led or piece.listed or piece.headed or bool(piece.dues)
        if to_us or not meant or _ARTICLE.search(words, 0, found.start("owner")) or not _is_doing(piece, found):
            continue
        if shape is _AT_LAST:
            return Claim(owner, found.end("owner"), len(words))
        if shape is _THIRD:
            start = found.end("verb") if found["verb"] in {"soll", "wird", "muss"} else found.start("verb")
            return Claim(owner, start, len(words))
        return Claim(owner, *_within(words, 0, len(words)), gap=found.span("owner"))
    return None


def _is_doing(piece: Piece, found: re.Match[str]) -> bool:
    """Whether somebody does something, rather than that something will be so; somebody's whole name with a verb of answering may be theirs."""
    to_them = re.search(r"\b(?:ihnen|ihm|ihr|denen)\b", piece.words, re.IGNORECASE) is not None
    if found["verb"] in {"soll", "wird", "muss"}:
        return _ENDS.search(_bare_of_dues(piece)) is not None
    whole = len(found["owner"].split()) > 1 and not found["owner"].startswith(("@", "<")) and not _OURS.match(found["owner"])
    return to_them or piece.listed or piece.headed or not (whole and _ANSWERS.match(found["verb"]))


def _no_owner(owner: str, piece: Piece, at: int) -> bool:
    """Whether a word written like a name is none of ours: a thing, a title, or somebody met, who was named before."""
    first = owner.lstrip("@").split()[0]
    if owner.startswith(("@", "<@")) or first.lower() in {"unser", "unsere", "mein", "meine"}:
        return False
    if any(one.start <= piece.start + at < one.end for one in piece.dues):
        return True
    before = piece.text[max(0, piece.start + at - 2_000) : piece.start + at]
    return (
        _NO_OWNER.match(first) is not None
        or re.search(rf"\b{re.escape(first)}\b", before) is not None
        or not (before.strip() or piece.listed)
    )


def _bare(piece: Piece, words: str) -> Claim | None:  # noqa: PLR0911 - a line for each shape
    """“Schicke Angebot bis Freitag”, “melde mich bis Montag”, “Angebot bis Freitag schicken”, “Muster folgen …”, “sie bekommen von uns …”."""
    led = any(one.led for one in piece.dues)
    later = bool(piece.dues) and bool(piece.text[: piece.start].strip())
    if _GOVERNED.search(words) or not (
        led or piece.headed or piece.listed or (later and (_BARE.match(words) or _BEGINS.match(words)))
    ):
        return None
    if led and (found := _WILL.match(words)) and _ENDS.search(_bare_of_dues(piece)):
        return Claim("", found.end(), len(words), bare=True)
    if led and (found := _FROM_US.search(words) or _THEY_GET.match(words)):
        return Claim("", found.start(), len(words))
    if led and _OF_US.search(words) and not _THEIRS.search(words):
        return Claim("", *_within(words, 0, len(words)))
    if re.search(r"\b(?:sie|er|es|man|wird|werden|will|soll|muss|hat|haben|ist|war)\b", words, re.IGNORECASE) or (
        _TO_US.search(words) and not _BARE.match(words)
    ):
        return None
    plain = _bare_of_dues(piece)
    if (
        _BARE.match(words)
        or _ENDS.search(plain)
        or _BEGINS.match(plain)
        or (led and _COMES.search(plain))
        or (led and re.match(r"\W*Zusage\b", words))
    ):
        return Claim("", *_within(words, 0, len(words)), bare=True)
    return None


def _within(words: str, start: int, end: int) -> tuple[int, int]:
    """The same without words that say no more than that we do it."""
    lead = _LEAD.match(words, start, end)
    start = lead.end() if lead else start
    tail = _TAIL.search(words, start, end)
    if tail and tail.start() > start:
        end = tail.start()
    return start, end
