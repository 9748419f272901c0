"""What a line typed after /logvisit says: whom, when, with whom, and what was heard. Pure, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.words.line.understood import Understood
from bot.domain.words.matching import EXACT, Candidate, Resolution, decide, fold, resembles
from bot.domain.words.typed_contacts import Contacts, find_contacts
from bot.domain.words.typed_dates import find_date

__all__ = ["Understood", "understand_engagement"]

LOOKED_AT = 300
"""Characters in which customer, day and contacts are looked for; a longer beginning is a story, not a heading."""

_GAP = "\0"
"""Stands for each character of what was understood, in what is left."""

_MOST_WORDS = 6
_NEW_NAME_IN_A_LINE = 4
_TRIM = " \t\r\n\u00a0,;:.–—-" + _GAP + "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_QUOTES = "“”„‟\"«»‹›'‘’"
_SEPARATOR = re.compile(
    r"(?<![:/])[:：](?=\s|$)|(?<![\d:])\b(?<!\bhttp)(?<!\bhttps)(?<!\bmailto)(?<!\btel)(?<!\bftp):(?=[^\W\d])(?![\w+-]+:)"
    r"|(?<=\s)[-–—](?=\s)|(?<!\d)—|—(?!\d)|(?<=\w)[–](?=\s)|\n"
)
_QUOTED = re.compile(r"[\s@]*[“„‟\"«‹]([^“”„‟\"«»‹›\n]{1,200})[”“\"»›]")
_FRONT = re.compile(r"[\s,;.:\0–—-]*")
_NO_NAME = (
    "a an and at call called for fyi good great had have i in it met my no not note notes on our re saw the their they this to update visit"
    " visited we with"
)
_NO_NAMES = frozenset(_NO_NAME.split())
"""Words that alone name nobody, though The Great Lakes Company begins with them."""

_SAID = "about are because has he i is it need needs said says she takes they want wanted wants was we went were will"
_SAYING = frozenset(_SAID.split())
"""Words that make a piece of text something said rather than a name nobody knows yet."""

_LEAD_IN = re.compile(
    r"(?:(?:i|we|just|have|had)\s+)*(?:visited|met(?:\s+with)?|saw|called|visit(?:\s+(?:to|at|with))?|call\s+(?:to|with)|with|at)\s+",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:[\s,;\0]|[-–—.:](?=[\s\0]|$))*")
_JOINING = re.compile(r"(?:with|at|to)\s*", re.IGNORECASE)
_SHORTCODE = re.compile(r":[\w+-]+$")
_POSSESSIVE = re.compile("['’]s$", re.IGNORECASE)


@dataclass
class _Reading:
    """A beginning being read: `left` is what isn't understood yet, of unchanged length, with gaps for what is."""

    left: str
    today: date
    locale: str
    customers: Sequence[Candidate]
    people: Sequence[Candidate]
    customer: Resolution = field(default_factory=Resolution)
    customer_words: str = ""
    happened_on: date | None = None
    contacts: tuple[str, ...] = ()

    def take(self, start: int, end: int) -> None:
        """Mark characters as understood."""
        self.left = self.left[:start] + _GAP * (end - start) + self.left[end:]

    @property
    def front(self) -> int:
        """Where the first word begins after all that is understood."""
        return self.skip(self.left.rfind(_GAP) + 1)

    def skip(self, start: int) -> int:
        """Where the first word begins from `start` on."""
        found = _FRONT.match(self.left, start)
        return found.end() if found else start

    @property
    def pieces(self) -> list[str]:
        """What is left, between what is understood."""
        return [piece for part in self.left.split(_GAP) if (piece := _tidy(part))]


def understand_engagement(
    text: str,
    *,
    today: date,
    locale: str,
    customers: Sequence[Candidate],
    people: Sequence[Candidate] = (),
    country: str = "",  # noqa: ARG001 - whose holidays count, for the reading that knows them
) -> Understood:
    """Read a line such as `Acme yesterday with their CFO: onboarding takes six weeks, promised a fix by Friday`.

    Before the first colon, dash or line's end stands whom, when and with whom, in any order, and after it what was heard. Without
    one, these are looked for at the beginning only, as far as they follow each other. `today` is the day where the person is,
    `locale` (en-GB) theirs; `people` are colleagues whose names are known.
    """
    text = text.replace(_GAP, " ").strip()
    cut = _separator(text, customers)
    if cut is None:
        return _in_one_line(text, _Reading(_beginning(text), today, locale, customers, people))
    reading = _Reading(text[: cut.start()], today, locale, customers, people)
    _read_heading(reading)
    return _understood(reading, [" ".join(reading.pieces), text[cut.end() :].strip()], joined_by=": ")


def _understood(reading: _Reading, notes: Sequence[str], joined_by: str) -> Understood:
    note = joined_by.join(filter(None, notes))
    return Understood(reading.customer, reading.customer_words, reading.happened_on, reading.contacts, note)


def _tidy(piece: str) -> str:
    """Take spaces, commas and lone dashes off both ends, and leave -5% and .NET as they are."""
    found = _LEADING.match(piece)
    piece = piece[found.end() :] if found else piece
    while piece and (piece[-1].isspace() or piece[-1] in ",;:\0" or (piece[-1] in "-–—." and piece[-2:-1].isspace())):
        piece = piece[:-1]
    return piece


def _separator(text: str, customers: Sequence[Candidate]) -> re.Match[str] | None:
    """Where the heading ends, but not inside quotes or a customer's name (Contoso - Europe), a time, an address or a web address."""
    begun = 0
    if quoted := _QUOTED.match(text):
        begun = quoted.end()
    folded = text[:LOOKED_AT].casefold()
    for candidate in customers:
        for name in candidate.names:
            if len(name) > begun and folded.startswith(name.casefold()) and _SEPARATOR.search(name):
                begun = len(name)
    found = _SEPARATOR.finditer(text, begun, LOOKED_AT)
    return next((one for one in found if not _SHORTCODE.search(text, 0, one.start())), None)


def _beginning(text: str) -> str:
    """As much of a text as is looked at, up to a whole word."""
    return text if len(text) <= LOOKED_AT else text[:LOOKED_AT].rsplit(maxsplit=1)[0]


def _read_heading(reading: _Reading) -> None:
    """Take customer, day and contacts wherever they stand; what is left may be a new customer's name."""
    known = _take_known_customer(reading, reading.customers, reading.skip(0))
    _take_day(reading)
    _take_contacts(reading, whole=True)
    if not known and not _take_customer_further_on(reading):
        _take_new_customer(reading)


def _in_one_line(text: str, reading: _Reading) -> Understood:
    """Take customer, day and contacts from the front while they last; the rest is what was heard.

    Where more than a joining word stands before them (`We met Acme on Friday and`), all of it is what was heard, or it would read oddly.
    """
    known = _take_known_customer(reading, reading.customers, reading.front)
    if not known and not (_take_day(reading, at_front=True) and _take_known_customer(reading, reading.customers, reading.front)):
        _take_new_in_one_line(reading, text)
    while _take_day(reading, at_front=True) or _take_contacts(reading, whole=False, at_front=True):
        pass
    understood = reading.left.rfind(_GAP) + 1
    if reading.left[:understood].replace(_GAP, " ").strip(_TRIM):
        return _understood(reading, [text], joined_by="")
    return _understood(reading, [_tidy(text[understood:])], joined_by="")


def _take_known_customer(reading: _Reading, customers: Sequence[Candidate], front: int) -> bool:
    """Take the customer named in quotes, or else by as many words from `front` on as can be meant for one that is known."""
    if quoted := _QUOTED.match(reading.left, front):
        return _take_customer(reading, decide(quoted[1], customers), quoted[1], quoted.span())
    lead_in = _LEAD_IN.match(reading.left, front)
    for start in (front, lead_in.end()) if lead_in else (front,):
        words = list(re.finditer(r"\S+", reading.left[start:].partition(_GAP)[0]))[:_MOST_WORDS]
        for count in range(len(words), 0, -1):
            end = start + words[count - 1].end()
            decision = _known(reading.left[start:end].strip(_TRIM + _QUOTES), customers)
            if decision.winner or decision.choices:
                joining = _JOINING.fullmatch(reading.left, front, start)
                return _take_customer(reading, decision, reading.left[start:end], (joining.start() if joining else start, end))
    return False


def _take_customer_further_on(reading: _Reading) -> bool:
    """Take a known customer from further on in a heading (`Quick chat, Acme`), of those that share a word with it."""
    said = set(fold(" ".join(reading.pieces)).split()) - _NO_NAMES
    sharing = [one for one in reading.customers if any(said & set(fold(name).split()) for name in one.names)]
    starts = [word.start() for word in re.finditer(rf"[^\s{_GAP}]+", reading.left)]
    return bool(sharing) and any(_take_known_customer(reading, sharing, start) for start in starts)


def _take_customer(reading: _Reading, decision: Resolution, name: str, span: tuple[int, int]) -> bool:
    reading.customer, reading.customer_words = decision, " ".join(name.strip(_TRIM + _QUOTES).lstrip("@").split())
    reading.take(*span)
    return True


def _known(name: str, customers: Sequence[Candidate]) -> Resolution:
    """Decide on a name in running text: each of its words must be one of a customer's, though it may be misspelled."""
    name = _POSSESSIVE.sub("", name)
    words = fold(name).split()
    if set(words) <= _NO_NAMES:
        return Resolution()
    long_enough = [one for one in customers if any(len(fold(known).split()) >= len(words) for known in one.names)]
    decision = decide(name, long_enough)
    if not any(sign.isalpha() for sign in name) and not (decision.winner and decision.winner.score == EXACT):
        return Resolution()  # 20 is Studio 20 only where that is called 20
    fitting = [match.candidate for match in (decision.winner, *decision.choices) if match]
    return decision if any(resembles(name, known) for candidate in fitting for known in candidate.names) else Resolution()


def _take_new_customer(reading: _Reading) -> None:
    """Take the first piece that is left for a customer that isn't known by these words, when it can be a name."""
    for piece in reading.pieces[:1]:
        if _may_be_name(piece, _MOST_WORDS):
            start = reading.left.index(piece)
            _take_customer(reading, decide(piece, reading.customers), piece, (start, start + len(piece)))


def _take_new_in_one_line(reading: _Reading, text: str) -> None:
    """Take a few words before a day or “with”, or a few that are all there is, for a new customer's name."""
    trial = _Reading(reading.left, reading.today, reading.locale, (), reading.people)
    _take_day(trial)
    _take_contacts(trial, whole=False)
    start = trial.skip(0)
    first = _tidy(trial.left[start:].partition(_GAP)[0])
    followed = _GAP in trial.left[start:]
    alone = trial.pieces == [first] and not text.endswith((".", "!", "?", "…"))
    if (followed or alone) and _may_be_name(first, _NEW_NAME_IN_A_LINE):
        _take_customer(reading, decide(first, reading.customers), first, (start, start + len(first)))


def _may_be_name(piece: str, most_words: int) -> bool:
    """Tell a name from something said, an address and a mention of everyone."""
    words = set(fold(piece).split())
    if not words or words <= _NO_NAMES or words & _SAYING or "://" in piece or "<" in piece:
        return False
    return len(piece.split()) <= most_words and len(piece) <= 100


def _take_day(reading: _Reading, *, at_front: bool = False) -> bool:
    """Take the day it happened on, the first that is said; once."""
    front = reading.front
    looked_at = reading.left[front:] if at_front else reading.left
    found = find_date(looked_at, today=reading.today, locale=reading.locale, past=True) if reading.happened_on is None else None
    if found is None or (at_front and found.start > 0):
        return False
    offset = front if at_front else 0
    reading.happened_on = found.day
    reading.take(offset + found.start, offset + found.end)
    return True


def _take_contacts(reading: _Reading, *, whole: bool, at_front: bool = False) -> bool:
    """Take those named after “with”; `whole` takes all that follows it, else only what looks like names."""
    found: Contacts | None = None if reading.contacts else find_contacts(reading.left, people=reading.people, whole=whole)
    if found is None or (at_front and found.start != reading.front):
        return False
    reading.contacts = found.names
    reading.take(found.start, found.end)
    return True
