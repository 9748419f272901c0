"""Commitments as they are told in English."""

from __future__ import annotations

import re

from bot.domain.words.line.promise_english_shapes import (
    ASKED,
    BARE,
    BASE,
    CLAUSE,
    FIRST,
    FROM_US,
    GOES_BY_ITSELF,
    GOVERNED,
    HAVE_UNTIL,
    ME,
    NAMED,
    NAMED_LAST,
    NEGATED,
    NO_NAME,
    ON_US,
    ONGOING,
    ONLY_TO,
    OTHERS,
    OWED,
    PASSIVE,
    PLAIN,
    PRESENT,
    PROMISED,
    SAYS_THAT,
    STATES,
    THEIRS_TO_DO,
    THEY_GET,
    THEY_WERE_TOLD,
    THIRD,
    TO_DO,
    TO_THEM,
    TO_US,
    TO_WHOM,
    TOLD,
    VERB,
    WEAK,
    WITHOUT_WHOM,
)
from bot.domain.words.line.promise_parts import Claim, Piece
from bot.domain.words.line.promise_vocabulary import NONE, TRIMMED

_NEAR = 40
"""Characters after “promised” in which those it is promised to are named."""

_LOOKED_BACK = 2_000
"""Characters before a name in which it is looked for again."""


def claim(piece: Piece) -> Claim | None:
    """What of a piece is a commitment of ours; None when it is none, or somebody else's."""
    words = piece.words
    return _told(words) or _told_so(piece, words) or _performed(piece, words) or _future(piece, words) or _other(piece, words)


def _told(words: str) -> Claim | None:
    """“I said we would send …”, “told them Jan will call …”."""
    found = TOLD.search(words)
    if found is None or not _is_ours(words[: found.start()]) or _governed(words[: found.start()]) or NONE.match(found["what"]):
        return None
    return Claim(_owner(found["owner"]), found.start("what"), len(words))


def _told_so(piece: Piece, words: str) -> Claim | None:
    """“Told them they'd get …”, “agreed that Omar sends …”, “we have until Friday to …”, “asked Omar to …”; each with a day."""
    for shape in (THEY_WERE_TOLD, SAYS_THAT, HAVE_UNTIL, ASKED) if piece.dues else ():
        found = shape.search(words)
        if found and _is_ours(words[: found.start()]) and not _governed(words[: found.start()]) and not TO_US.search(found["what"]):
            return Claim(_owner(found.groupdict().get("owner") or ""), found.start("what"), len(words))
    return None


def _performed(piece: Piece, words: str) -> Claim | None:  # noqa: PLR0911 - a line for each reason
    """“Promised them a demo”, “agreed to send …”, “they were promised …”, “demo promised by Friday”."""
    found = PROMISED.search(words)
    if found is None or not _is_our_promise(words[: found.start()], found["rest"], _verb(found)):
        return None
    before, rest = words[: found.start()], found["rest"]
    if _verb(found) in ONLY_TO:
        to_do = TO_DO.match(rest)
        if to_do is None or THEIRS_TO_DO.match(to_do["what"]) or TO_US.match(to_do["what"]):
            return None
        if _is_perhaps_theirs(before, rest, piece):
            return None
        return Claim(_promiser(before), found.start("rest") + to_do.start("what"), len(words))
    if before.strip(TRIMMED) and not _cut_dues(piece, found.start("rest"), len(words)).strip(TRIMMED):
        return Claim("", 0, found.start())
    if _is_perhaps_theirs(before, rest, piece):
        return None
    what = WITHOUT_WHOM.match(rest, _whom(rest))
    return Claim(_promiser(before), found.start("rest") + (what.start("what") if what else 0), len(words))


def _verb(found: re.Match[str]) -> str:
    return found["verb"].split()[0].lower()


def _is_our_promise(before: str, rest: str, verb: str) -> bool:
    """Whether “promised” is said of us, by what stands on its sides, and of something."""
    theirs = re.match(r"(?:to\s+)?(?:us|me)\b(?!\s+to\b)|that\s+(?:they|he|she|it)\b", rest, re.IGNORECASE)
    if theirs or NONE.match(rest) or NEGATED.search(before) or _governed(before):
        return False
    if verb in BASE and not re.search(r"\b(?:I|we)\b[\s\w'’]{0,12}$", before, re.IGNORECASE):
        return False
    if passive := PASSIVE.search(before):
        return passive["whom"].lower() not in {"i", "we", "us"} and verb not in ONLY_TO
    return _is_ours(before)


def _is_perhaps_theirs(before: str, rest: str, piece: Piece) -> bool:
    """Whether the name before “promised” may be the customer's."""
    named = None if PASSIVE.search(before) or ME.search(before) else NAMED_LAST.search(before)
    return named is not None and _may_be_theirs(named["name"], piece) and not TO_THEM.search(rest[:_NEAR])


def _promiser(before: str) -> str:
    named = None if PASSIVE.search(before) or ME.search(before) else NAMED_LAST.search(before)
    return _owner(named["name"]) if named else ""


def _whom(rest: str) -> int:
    """How many characters say only to whom something is promised or owed."""
    found = TO_WHOM.match(rest)
    return found.end() if found else 0


def _future(piece: Piece, words: str) -> Claim | None:
    """“We'll send …”, “I need to send …”, “we send … by Friday”, “Jan to send …”, “Jan takes care of …”."""
    found = FIRST.search(words)
    if found and not _governed(words[: found.start()]) and not _ends_in_saying(words[: found.start()]) and _is_meant(piece, found):
        return Claim("", found.start("what"), len(words))
    if (found := PRESENT.match(words)) and (piece.dues or piece.listed or piece.headed):
        return Claim("", found.start("what"), len(words))
    return _named(piece, words)


def _is_meant(piece: Piece, found: re.Match[str]) -> bool:
    """Whether “we will” or “I need to” says what we do for the customer: by a day, or with a verb of doing."""
    what, led = found["what"], bool(piece.due and piece.due.led)
    to_them = TO_THEM.search(what) is not None
    if NONE.match(what) or re.match(r"not\b|never\b", what, re.IGNORECASE) or THEIRS_TO_DO.match(what):
        return False
    if led:
        return True
    done = to_them or begins_with_verb(what)
    return STATES.match(what) is None and done and (bool(piece.dues) or to_them or WEAK.search(found["how"]) is None)


def _named(piece: Piece, words: str) -> Claim | None:
    """What somebody who is named will do: theirs where it is done for us, or where they may be the customer."""
    for shape in (NAMED, THIRD, PLAIN):
        found = shape.search(words)
        if found is None or _governed(words[: found.start("owner")]) or not _is_ours(words[: found.start("owner")]):
            continue
        owner, what = found["owner"], found["what"]
        to_them = TO_THEM.search(what) is not None
        if TO_US.search(what) or _is_title(owner) or THEIRS_TO_DO.match(what) or owner.lower().split()[0] in NO_NAME:
            continue
        if shape is PLAIN and not ((to_them or piece.listed or piece.headed) and piece.dues):
            continue
        if not (piece.dues or to_them or piece.headed or piece.listed) or (not to_them and GOES_BY_ITSELF.match(what)):
            continue
        cares = shape is THIRD and re.match(r"(?:is\s+)?(?:tak|look|own|pick)", what) is not None
        if not (to_them or cares or owner.lower().startswith(("our ", "my "))) and _may_be_theirs(owner, piece):
            continue
        return Claim(_owner(owner), found.start("what"), len(words))
    return None


def _other(piece: Piece, words: str) -> Claim | None:  # noqa: PLR0911 - a line for each shape
    """“We owe them …”, “on me to …”, “they'll get … from us”, “will get back to them”, “send … by Friday”, “sending … tomorrow”."""
    if (
        (found := OWED.search(words))
        and _is_ours(words[: found.start()])
        and not NEGATED.search(words[: found.start()])
        and not NONE.match(found["what"])
    ):
        return Claim(_owner(found["owner"] or ""), found.start("what") + _whom(found["what"]), len(words))
    if (found := ON_US.search(words)) and not _governed(words[: found.start()]) and not NONE.match(found["what"]):
        return Claim(_owner(found["owner"] or ""), found.start("what"), len(words))
    if piece.dues and (found := FROM_US.match(words)) and not GOVERNED.search(words):
        return Claim(_owner(found["owner"]), found.start("what"), found.end("what"))
    if piece.dues and (found := THEY_GET.match(words)) and not TO_US.search(words) and not found["what"].lower().startswith("back"):
        return Claim("", found.start("what"), len(words))
    if (found := BARE.match(words) or ONGOING.match(words)) is None or TO_US.search(words) or THEIRS_TO_DO.match(found["what"]):
        return None
    to_them = TO_THEM.search(words) is not None
    modal = (
        found.start("what") > 0 and re.match(r"\W*(?:and\s+)?(?:will|to|need|must|have|I|we)\b", words, re.IGNORECASE) is not None
    )
    theirs = re.search(r"\b(?:they|he|she|it)\b|['’]s\b", piece.before, re.IGNORECASE) is not None
    led = any(one.led for one in piece.dues)
    future = led or (bool(piece.dues) and (modal or piece.text[: piece.start].strip() != ""))
    if piece.headed or (future and (to_them or not theirs)) or (modal and to_them):
        return Claim("", found.start("what"), len(words), bare=True)
    return None


def _ends_in_saying(before: str) -> bool:
    """Whether they say or think what follows."""
    return (
        re.search(
            r"\b(?:they|he|she)\s+(?:\w+\s+){0,2}(?:said|say|says|told|know|knows|heard|assume\w*|understood|understand)\b[^,;]{0,20}$",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _governed(before: str) -> bool:
    """Whether it is somebody's wish, question or guess, by what stands before it in its clause."""
    return GOVERNED.search(CLAUSE.split(before)[-1]) is not None


def _is_ours(before: str) -> bool:
    """Whether what follows is said or done by us, by what stands before it: nobody, me, us, or a name that is no customer's title."""
    if NEGATED.search(before):
        return False
    return not before.strip() or ME.search(before) is not None or OTHERS.search(before) is None


def _may_be_theirs(name: str, piece: Piece) -> bool:
    """Whether a name is said before as that of somebody met, or is what the line begins with: then it may be the customer."""
    first = name.lstrip("@<").split()[0]
    at = piece.start + piece.words.find(name)
    said = re.search(rf"\b{re.escape(first)}\b", piece.text[:at][-_LOOKED_BACK:], re.IGNORECASE) is not None
    return not name.startswith(("@", "<@")) and (said or (not piece.text[:at].strip() and not piece.listed))


def _is_title(owner: str) -> bool:
    return re.match(r"(?:Mr|Mrs|Ms|Miss|Sir|Dame|Herr|Frau|Dr|Prof)\b", owner) is not None


def _owner(words: str) -> str:
    """Words for an owner as they are; "" for the writer and for all of us."""
    plain = words.strip(TRIMMED)
    return "" if plain.lower() in {"i", "we", "me", "us", "my team", "our team", "the team", "both of us", "myself"} else plain


def _cut_dues(piece: Piece, start: int, end: int) -> str:
    """Characters of a piece's words but for the days in them."""
    words = piece.words[start:end]
    for one in reversed(piece.dues):
        first, last = one.start - piece.start - start, one.end - piece.start - start
        if first >= 0:
            words = words[:first] + words[last:]
    return words


def begins_with_verb(what: str) -> bool:
    """Whether words begin with something to do: “send the report”."""
    return re.match(VERB + r"\b", what, re.IGNORECASE) is not None
