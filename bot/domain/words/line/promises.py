"""Commitments anywhere in a line, each with who will do what by when. Pure, and linear in the line's length."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.words.line import promise_english, promise_german, promise_romance
from bot.domain.words.line.promise_parts import Claim, Due, Piece
from bot.domain.words.line.promise_pieces import pieces, without_markers
from bot.domain.words.line.promise_vocabulary import BEGINS_ANEW, DUE_LED, NAME, NONE, QUOTES, SPOKEN_COUNT, TRIMMED
from bot.domain.words.typed_dates import find_dates

LOOKED_AT = 4_000
"""Characters of a line in which commitments are looked for."""

MOST = 10
"""Commitments that are found in a line: more is a document."""

_LONGEST = 600
"""Characters of one sentence that are looked at."""

_STORY = re.compile(
    r"\s+(?:because|since|as\s+(?:they|he|she)|but|so\s+(?:they|that)|which|who|(?:and\s+)?(?:they|he|she|it)\s+(?:are|is|was|were|want|wants|will|said|seemed?|loved?|liked?)\b|weil|da\s+(?:sie|er)|denn|sie\s+(?:sind|waren|wollen)|parce\s+que|car\b|porque)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LABELLED = re.compile(rf"\W*(?P<owner>{NAME})\s*(?:[:>)]|->|–|—|-\s)\s*(?=\S)")
_ADDRESSED = re.compile(r"\W*(?P<owner>(?<!\w)@[\w.-]{1,60}+|<@\w{1,30}+(?:\|[^>\n]{1,80})?>)[\s,:]+(?=\w)")
_ASSIGNED = re.compile(
    rf"\W*(?:(?P<owner>{NAME}|me|ich)\s+(?:owns?|has|takes?|does|is\s+on|will\s+(?:own|do|take)|to\s+(?:own|do)|handles?|leads?|drives?|macht|übernimmt|hat|kümmert\s+sich|ist\s+dran"
    rf"|s['’]en\s+occupe|lo\s+hace|se\s+encarga)(?:\s+(?:it|this|that|das|es|darum))?"
    rf"|(?:owner|owned\s+by|responsible|verantwortlich|zuständig)(?:\s*[:=]|\s+(?:is|ist))?\s+(?P<named>{NAME}|me|ich))\W*"
)
_FOR = re.compile(r"(?:^|\s+)(?:für|for|auf|pour)$", re.IGNORECASE)
_SIGNED = re.compile(rf"\s*[(\[]\s*(?:owner:?\s*)?(?P<owner>{NAME}|me|ich|moi|yo)\s*[)\]]\W*$")
_MENTION = re.compile(r"<@\w+\|([^>]+)>")


@dataclass(frozen=True)
class PromiseFound:
    """A commitment: the clause it stands in, the words for who will keep it ("" is the writer), what, and the day it is due.

    `due` is None where no day is said, or none that is meant for sure. `due_start` and `due_end` are where its day stands, -1 without one.
    """

    start: int
    end: int
    owner: str
    what: str
    due: date | None
    due_start: int = -1
    due_end: int = -1
    german: bool = False

    @property
    def line(self) -> str:
        """It as a line of the form's field for commitments: `@Jan to send the report by 2026-12-04`."""
        due = f" {'bis' if self.german else 'by'} {self.due.isoformat()}" if self.due else ""
        if not self.owner:
            return f"{self.what}{due}"
        joint = " to " if promise_english.begins_with_verb(self.what) else ": "
        return f"@{self.owner}{joint}{self.what}{due}"


def find_promises(text: str, *, today: date, locale: str, country: str = "") -> tuple[PromiseFound, ...]:
    """Find what was promised to the customer: not what the customer promised, what is asked or wished for, or hangs on an “if”.

    `today` is the day where the writer is, `locale` (en-GB) theirs, `country` whose holidays count. At most ten are found.
    """
    text = text[:LOOKED_AT]
    return tuple(_found(text, _dues(text, today, locale, country))[:MOST])


def _dues(text: str, today: date, locale: str, country: str) -> tuple[Due, ...]:
    """The days to come that are said, and words that mean no one day."""
    found = find_dates(without_markers(text), today=today, locale=locale, country=country, past=False)
    dues = (Due(one.start, one.end, one.day, DUE_LED.match(text, one.start) is not None) for one in found if one.sure or one.due)
    return tuple(one for one in dues if one.day is None or one.day >= today)


def _found(text: str, dues: tuple[Due, ...]) -> list[PromiseFound]:
    found: list[PromiseFound] = []
    before: Claim | None = None
    left: Piece | None = None
    for whole in pieces(text, dues):
        piece = replace(whole, end=min(whole.end, whole.start + _LONGEST))
        claim, german = _claim(piece, before)
        promise = _promise(piece, claim, german=german) if claim else None
        if promise and claim and left and piece.joined == "and" and not claim.bare:
            found += filter(None, [_promise(left, Claim(claim.owner, 0, len(left.words)), german=german)])
        if promise:
            found.append(promise)
        elif found and (assigned := _ASSIGNED.fullmatch(piece.words)):
            found[-1] = replace(found[-1], owner=_owner(assigned["owner"] or assigned["named"]))
        before = claim if promise else None
        left = None if promise or _is_anew(piece) or not any(one.led for one in piece.dues) else piece
    return found


def _claim(piece: Piece, before: Claim | None) -> tuple[Claim | None, bool]:
    """What of a piece is a commitment, and whether it is said in German; it may go on with the one before."""
    if piece.asked or piece.supposed:
        return None, False
    claim = promise_english.claim(piece)
    german = promise_german.claim(piece) if claim is None or claim.bare else None
    german = None if claim and german and german.bare else german
    claim = german or claim or promise_romance.claim(piece) or _addressed(piece)
    if claim is None and (piece.headed or piece.listed or (piece.joined and before)) and not _is_anew(piece):
        claim = _under_heading(piece, before)
    if claim and claim.bare and piece.joined and before and before.owner:
        claim = replace(claim, owner=before.owner)
    return claim, german is not None


def _addressed(piece: Piece) -> Claim | None:
    """“@Jan the report by Friday”."""
    found = _ADDRESSED.match(piece.words) if any(one.led for one in piece.dues) else None
    return Claim(found["owner"], found.end(), len(piece.words)) if found else None


def _is_anew(piece: Piece) -> bool:
    return BEGINS_ANEW.match(piece.words) is not None


def _under_heading(piece: Piece, before: Claim | None) -> Claim | None:
    """An item that says no more than what is to be done, or goes on with what was promised before it and has a day of its own."""
    if NONE.match(piece.words) or not (piece.headed or any(one.led for one in piece.dues)):
        return None
    if piece.headed:
        label = _LABELLED.match(piece.words)
        return Claim(label["owner"], label.end(), len(piece.words)) if label else Claim(piece.owner, 0, len(piece.words))
    return Claim(before.owner if before else "", 0, len(piece.words))


def _promise(piece: Piece, claim: Claim, *, german: bool) -> PromiseFound | None:
    """The commitment, without the words for its owner and its day; None where nothing is left of it."""
    due = piece.due
    start, end = piece.start + claim.start, piece.start + claim.end
    text = piece.text
    if claim.gap:  # blank it out, of unchanged length
        first, last = piece.start + claim.gap[0], piece.start + claim.gap[1]
        text = text[:first] + " " * (last - first) + text[last:]
    what = text[start:end]
    inside = due is not None and start <= due.start and due.end <= end
    if due and inside:
        after = text[due.end : end]
        what = f"{_FOR.sub('', text[start : due.start].rstrip(TRIMMED))} {_STORY.sub('', after, count=1).lstrip(TRIMMED)}"
    else:
        what = _STORY.sub("", what, count=1)
    owner = claim.owner or piece.owner
    if signed := _SIGNED.search(what):
        owner, what = owner or signed["owner"], what[: signed.start()]
    counted = SPOKEN_COUNT.match(what)
    what = " ".join(what[counted.end() if counted else 0 :].strip(TRIMMED + QUOTES).split())
    if not any(sign.isalnum() for sign in what):
        return None
    day, where = (due.day, (due.start, due.end)) if due else (None, (-1, -1))
    return PromiseFound(piece.start, piece.end, _owner(owner), what, day, *where, german=german)


def _owner(words: str) -> str:
    """The words for an owner without marks; "" for whoever wrote."""
    owner = _MENTION.sub(r"\1", words if words.endswith(">") or "<" not in words else f"{words}>").lstrip("@").strip(TRIMMED)
    return "" if owner.lower() in {"me", "ich", "moi", "yo", "i"} else owner
