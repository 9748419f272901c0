"""A customer nobody knows yet: words that stand where a customer belongs and can be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.words.line.activities import ACTIVITIES, LABELS, SAYING
from bot.domain.words.line.clauses import Clause
from bot.domain.words.line.common import DAYS, SMALL, TITLES
from bot.domain.words.line.leads import VISITED
from bot.domain.words.line.tokens import AND, TOGETHER, Word, words_of

_MOST_WORDS = 6
_LONGEST = 100
_ENOUGH = 2

_JOINS = frozenset(
    (
        "of",
        "the",
        "de",
        "la",
        "del",
        "der",
        "und",
        "and",
        "et",
        "y",
        "du",
        "des",
        "les",
        "von",
        "for",
        "in",
        "am",
        "an",
        "im",
        "zum",
    )
)
_MARK = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|se|sa|srl|sarl|bv|nv|oy|ab|group|labs?|logistics|partners|bank|trust"
    r"|hospital|university|council|schools?|foods?|energy|systems|solutions|technologies|industries|holdings?|airlines?|insurance|media|studios?"
    r"|bakery|motors|stores?|works|brothers|bros|sons|stadtwerke|klinik\w*|bäckerei|gärtnerei|verlag|werke|versicherung|reederei|hotel|weingut"
    r"|apotheke|molkerei|spedition|bau|boulangerie|fromagerie|transports|société|panadería|bodegas|banco|grupo|clínica)\b\.?|\s&\s",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“„‟\"«‹]([^“”„‟\"«»‹›\n]{1,100})[”“\"»›]")
_CUT = re.compile(
    r"\s+(?:with|w/|w|mit|avec|con|about|re|regarding|wegen|über|(?:was|is)\s+(?:visited|called)|visited|called|rang|phoned|met|besucht|angerufen"
    r"|getroffen|visité|appelé|mail|who|whose|because|but|aber|מ|مع|עם)(?=\s|$)|\s*\(|\s*[/|]\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|at|of|von|vom|bei|beim|chez)\s+(?=[^\W\d_a-z])")
_PARTICLE = re.compile(r"(?<=[\u3041-\u9fff]{2})(?:を|と|に|の|へ|で|は|が|さん|様)")
_LABEL = re.compile(
    r"^(?:زرت|قابلت|التقيت|اجتمعت\s+مع|ביקרתי\s+(?:אצל\s+)?ב?|פגשתי\s+את|נפגשתי\s+עם)\s*(?=\S)|^(?:neu|neukontakt|erstkontakt|erstgespräch|erstbesuch|erstmals\s+bei|new\s+(?:lead|contact|one|prospect)|lead|intro\s+call\s+with)\s*:?\s+(?=(?-i:[^\W\d_a-z]))|^(?:(?:new|neuer?|neues|nouveau|nouvelle|nuevo|nueva)\s+)?(?:neukunde|neukundin|customer|client|prospect|kunde|kundin|interessent|account|cliente)\s+(?=\S)",
    re.IGNORECASE,
)
_TRIM = " \t\r\n\u00a0,;:.–—-•*/|\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"


@dataclass(frozen=True)
class Newcomer:
    """Words that may be a new customer's name, where, and how much speaks for it, from 0."""

    start: int
    end: int
    name: str
    evidence: int
    marked: bool = False


@dataclass(frozen=True)
class _Piece:
    """A part of a clause between days: its place, and whether a day stands beside it."""

    start: int
    end: int
    clause: Clause
    dated: bool


def find_newcomer(text: str, clauses: Sequence[Clause], days: Sequence[tuple[int, int]]) -> Newcomer | None:
    """The words that most can be a new customer's name; None when none can."""
    found: list[Newcomer] = []
    heading = words_of(text[: clauses[0].end][:_LONGEST])
    labelled = clauses[0].sign == ":" and bool(heading) and all(word.form in LABELS for word in heading)
    for number, clause in enumerate(clauses[:8]):
        for piece in _pieces(clause, days):
            found += _in_piece(text, piece, first=number == 0 or (number == 1 and labelled), clauses=clauses)
    return max((one for one in found if one.evidence >= _ENOUGH), key=lambda one: (one.evidence, -one.start), default=None)


def _pieces(clause: Clause, days: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    within = [(first, last) for first, last in days if clause.start <= first < clause.end]
    start = clause.start
    for first, last in within:
        yield _Piece(start, first, clause, dated=True)
        start = last
    yield _Piece(start, clause.end, clause, dated=bool(within))


def _in_piece(text: str, piece: _Piece, *, first: bool, clauses: Sequence[Clause]) -> Iterator[Newcomer]:
    raw = text[piece.start : piece.end]
    if quoted := _QUOTED.search(raw):
        before = raw[: quoted.start()].strip(_TRIM + "@")
        if not before or VISITED.search(raw[: quoted.start()]):
            yield _newcomer(text, piece.start + quoted.start(), piece.start + quoted.end(), 6, quoted[1].strip())
            return
    for lead in _led(text, piece):
        yield from _capitals(text, lead, piece.end, 4)
    lone = _lone(text, piece, first=first, clauses=clauses)
    if lone:
        yield lone


def _led(text: str, piece: _Piece) -> Iterator[int]:
    """Places right after words such as “visited”, “at” and “from”."""
    for word in words_of(text[piece.start : piece.end])[1:12]:
        place = piece.start + word.start
        before = text[max(piece.start, place - 60) : place]
        after_name = _FROM.search(before) is not None and before.rstrip().lower().endswith(
            ("from", "at", "of", "von", "vom", "bei", "beim", "chez")
        )
        if after_name or VISITED.search(before):
            yield place


def _capitals(text: str, start: int, end: int, evidence: int) -> Iterator[Newcomer]:
    """A run of words with capitals, which isn't somebody's name as far as can be told."""
    run: list[Word] = []
    words = words_of(text[start:end])[:_MOST_WORDS]
    for number, word in enumerate(words):
        gap = text[start + words[number - 1].end : start + word.start] if number else ""
        if (
            not (_is_capital(word) or (run and word.form in _JOINS | AND))
            or (number and gap.strip(" .-–&'’"))
            or (number and "\n" in gap)
        ):
            break
        run.append(word)
    while run and run[-1].form in _JOINS | AND and not _is_capital(run[-1]):
        run.pop()
    if not run or run[0].form in SMALL | TITLES | ACTIVITIES or all(word.form in ACTIVITIES | DAYS for word in run):
        return
    name = text[start : start + run[-1].end]
    by_person = re.search(
        r"\b(?:with|to|met|saw|mit|avec|con|vu|rencontré|traf)\s+$", text[max(0, start - 14) : start], re.IGNORECASE
    )
    if (
        by_person
        and not re.search(r"\bvisits?\s+to\s+$", text[max(0, start - 14) : start], re.IGNORECASE)
        and not _MARK.search(name)
    ):
        return
    yield _newcomer(text, start, start + run[-1].end, evidence + bool(_MARK.search(name)), name)


def _lone(text: str, piece: _Piece, *, first: bool, clauses: Sequence[Clause]) -> Newcomer | None:
    """What stands by itself at the beginning of a piece, up to “with” and the like."""
    raw = text[piece.start : piece.end]
    cut = _CUT.search(raw) or _PARTICLE.search(raw)
    followed = cut is not None or piece.dated
    part = raw[: cut.start()] if cut else raw
    name = _LABEL.sub("", part.strip(_TRIM + "@“”\"'"))
    if not name or not _may_be_name(name):
        return None
    start = piece.start + raw.index(name)
    alone = len([one for one in clauses if text[one.start : one.end].strip()]) == 1 and not text.rstrip().endswith(
        (".", "!", "?", "…")
    )
    evidence = _evidence(name, piece.clause.sign, followed=followed, first=first, alone=alone)
    return _newcomer(text, start, start + len(name), evidence, name) if evidence else None


def _evidence(name: str, sign: str, *, followed: bool, first: bool, alone: bool) -> int:
    words = words_of(name)
    capital = all(_is_capital(word) or word.form in _JOINS | AND or word.text.isdigit() for word in words) and _is_capital(words[0])
    together = not any(word.text[:1].isupper() or word.text[:1].islower() for word in words)
    marked = bool(_MARK.search(name))
    if not (capital or together or marked) and len(words) > (_MOST_WORDS if sign == ":" else 4 if followed else 3):
        return 0
    standing = 2 if followed or (sign == ":" and first) or alone else 1 if first or marked else 0
    if sign == "," and not followed and not marked and not (capital and len(words) > 1 and first):
        standing = 0
    return (standing + capital + 2 * marked + bool(together) + first) if standing else 0


def _may_be_name(name: str) -> bool:
    """Tell a name from something said, done or asked."""
    words = words_of(name)
    forms = [word.form for word in words]
    if not words or len(words) > _MOST_WORDS or len(name) > _LONGEST or "://" in name or "<" in name or ">" in name or "@" in name:
        return False
    if any(form in SAYING for form in forms) or all(form in ACTIVITIES | SMALL | DAYS | LABELS or form.isdigit() for form in forms):
        return False
    if forms[0] in SMALL and not (forms[0] in _JOINS and len(words) > 1 and all(_is_capital(word) for word in words)):
        return False
    said = [word for word in words[1:] if word.form in SMALL and word.form not in _JOINS and not _is_capital(word)]
    doing = [word for word in words if word.form in ACTIVITIES and (not _is_capital(word) or word is words[0])]
    return not said and not doing and forms[-1] not in _JOINS


def _newcomer(text: str, start: int, end: int, evidence: int, name: str) -> Newcomer:
    bare = name.strip(_TRIM + "@")
    if end < len(text) and text[end] == "." and bare and re.search(r"\b(?:inc|co|corp|ltd)$", bare, re.IGNORECASE):
        bare, end = bare + ".", end + 1
    return Newcomer(start, end, " ".join(bare.split()), evidence, bool(_MARK.search(bare)))


def _is_capital(word: Word) -> bool:
    return word.text[:1].isupper() or word.text[:1].isdigit() or re.match(f"[{TOGETHER}]", word.text) is not None
