"""A line cut into pieces that may each hold one commitment: sentences, items of a list, and clauses of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.words.line.promise_parts import Due, Piece
from bot.domain.words.line.promise_vocabulary import (
    ABBREVIATED,
    BEGINS_ANEW,
    CHECKS,
    FIRST,
    GOES_ON,
    HEADING,
    HYPOTHESIS,
    MARKER,
    MONTH,
    NAME,
    OURS,
    SUBORDINATE,
    THEIRS,
    TO_DO,
    TRIMMED,
)

_REMEMBERED, _AHEAD = 60, 6
"""Characters before a piece that may say whose it is; parts of a sentence that are looked at for the rest of a thought."""

_ENDS = re.compile(r"\n+|[.!?;…]+(?=[\s)\]]|$)|\s[-–—|·•→]+>?\s|:(?=\s|$)")
_JOINTS = re.compile(
    r",\s+(?:(?:and|und|et|y|but|aber|mais|pero)\s+)?|\s+(?:and|und|&|et|y|but|aber|mais|pero|sowie)\s+", re.IGNORECASE
)
_LABEL = re.compile(rf"\W*(?P<owner>{NAME}|me|ich|I)\W*")
_OWNED_HEADING = re.compile(
    rf"(?<!\w)(?i:actions?|aktion(?:en)?|to-?do'?s?|tasks?|aufgaben?|follow-?ups?)\s+(?:(?i:on|for|für|von|by)\s+)?(?P<owner>{NAME}|me|ich)\s*$"
)
_LAST_LABEL = re.compile(rf",\s+(?P<owner>{NAME}|me|ich|I)\s*$")
_AT = re.compile(r"\W*@")


def pieces(text: str, dues: Sequence[Due]) -> Iterator[Piece]:
    """Cut a line; `dues` are the days in it, in order, and none of them is cut through."""
    for sentence in _sentences(text, dues):
        for piece in _clauses(sentence):
            if piece.words.strip(TRIMMED):
                yield piece


def _sentences(text: str, dues: Sequence[Due]) -> Iterator[Piece]:
    """Sentences and items of lists, each with what stands over it; headings and labels themselves are none."""
    headed, owner, said = False, "", 0
    block = listed = False
    start = 0
    for cut in _cuts(text, dues):
        words = text[start : cut.start]
        piece = Piece(
            text,
            start,
            cut.start,
            headed,
            listed,
            owner,
            cut.sign == "?",
            before=text[max(said, start - _REMEMBERED) : start],
            dues=tuple(dues),
        )
        heading = _heading(words) if cut.sign in {":", "-"} else None
        if heading is not None:
            piece = replace(piece, end=start + heading)
        named = _OWNED_HEADING.search(words, max(0, len(words) - _REMEMBERED)) if cut.sign in {":", "-"} else None
        if named:
            heading, piece = named.start(), replace(piece, end=start + named.start())
        if heading is None and not headed and (said_so := TO_DO.match(words)):
            piece = replace(piece, start=start + said_so.end(), headed=True)
        label = _label(words, labelled=headed or listed) if cut.sign in {":", "-"} and heading is None else ""
        if (
            not label
            and (headed or listed)
            and cut.sign == ":"
            and (last := _LAST_LABEL.search(words, max(0, len(words) - _REMEMBERED)))
        ):
            piece, label = replace(piece, end=start + last.start()), last["owner"]
            yield piece
        elif words.strip(TRIMMED) and not label:
            yield piece
        owner = named["owner"] if named else label
        block = text.startswith("\n", cut.end) if heading is not None else block and cut.end - cut.start < 2
        headed = heading is not None or (headed and (cut.sign in {":", "-", ";", "item"} or (cut.sign == "\n" and block)))
        listed = cut.sign == "item" or (listed and bool(label))
        start = cut.end
        said = said if cut.sign in {":", "-", ";"} else start


def _heading(words: str) -> int | None:
    """Where a heading begins at the end of some words; None when there is none, or it is about what others do."""
    found = HEADING.search(words, max(0, len(words) - _REMEMBERED))
    return found.start() if found and not THEIRS.search(words, max(0, found.start() - _REMEMBERED), found.start()) else None


def _label(words: str, *, labelled: bool) -> str:
    """The name that some words are, where names may stand before what somebody does: in a list, under a heading, or after an @."""
    found = _LABEL.fullmatch(words) if len(words) <= _REMEMBERED else None
    return found["owner"] if found and (labelled or _AT.match(words)) else ""


@dataclass(frozen=True)
class _Cut:
    """Characters that part two pieces, and what they are: `.`, `?`, `!`, `;`, `:`, `-`, a line's end, or what an item begins with."""

    start: int
    end: int
    sign: str


def _cuts(text: str, dues: Sequence[Due]) -> list[_Cut]:
    """All of them, in order, with one at the very end."""
    found = [_Cut(*one.span(), _sign(one[0])) for one in _ENDS.finditer(text)]
    stops = [_Cut(one.end, one.end, ".") for one in dues if text[one.end - 1 : one.end] == "." and BEGINS_ANEW.match(text, one.end)]
    outside = [one for one in (*found, *_items(text)) if not _within(one, dues) and _is_end(one, text)]
    ranked = sorted((*outside, *stops), key=lambda one: (one.start, -one.end))
    return [one for one, before in zip(ranked, [None, *ranked], strict=False) if before is None or one.start >= before.end] + [
        _Cut(len(text), len(text), ".")
    ]


def _within(cut: _Cut, dues: Sequence[Due]) -> bool:
    """Whether a day is cut through. Both are few or sorted: looked up by halves."""
    at = bisect_right(dues, cut.start, key=lambda one: one.start)
    return (at > 0 and dues[at - 1].end > cut.start) or (at < len(dues) and dues[at].start < cut.end)


def _sign(found: str) -> str:
    bare = found.strip(" \t")
    if "\n" in found:
        return "\n"
    return "-" if found[:1].isspace() and not bare.startswith(":") else {"?": "?", ";": ";", ":": ":"}.get(bare[-1:], ".")


def _items(text: str) -> Iterator[_Cut]:
    """What items begin with: `1)`, `a)`, a dash on a line of its own; `1.` only where a list begins or goes on."""
    markers = list(MARKER.finditer(text))
    last = 0
    for one, then in zip(markers, [*markers[1:], None], strict=False):
        number = int(one["number"]) if (one["number"] or "").isdigit() else 0
        goes_on = number == last + 1 and number > 1
        begins = number == 1 and (
            not text[max(0, one.start() - 20) : one.start()].rstrip(" ")[-1:].isalnum() or (then and then["number"] == "2")
        )
        if one["sign"] == "." and (not (goes_on or begins) or MONTH.match(text, one.end())):
            continue
        last = number or last
        yield _Cut(*one.span(), "item")


def without_markers(text: str) -> str:
    """The same, as long as it was, with what items begin with blanked out: no number of an item is part of a day."""
    for one in _items(text):
        text = f"{text[: one.start]};{' ' * (one.end - one.start - 1)}{text[one.end :]}"
    return text


def _is_end(cut: _Cut, text: str) -> bool:
    """Tell the end of a sentence from the stop of an abbreviation or of a day's number."""
    if cut.sign != "." or text[cut.start] != ".":
        return True
    token = text[max(0, cut.start - 12) : cut.start].split()[-1:]
    word = token[0].lower().lstrip("(") if token else ""
    if word in ABBREVIATED or (len(word) == 1 and word.isalpha()):
        return BEGINS_ANEW.match(text, cut.end) is not None and word not in {
            "mr",
            "mrs",
            "ms",
            "dr",
            "hr",
            "fr",
            "st",
            "e.g",
            "z.b",
        }
    return not (word.isdigit() and len(word) <= 2 and MONTH.match(text, cut.end))


def _clauses(sentence: Piece) -> Iterator[Piece]:
    """Cut a sentence at commas and “and” where a new thought begins; what goes on with the one before stays with it."""
    parts = list(_parts(sentence))
    supposed, number = False, 0
    while number < len(parts):
        last = _last_of(parts, number)
        first = parts[number]
        whole = replace(first, end=parts[last].end, dues=tuple(one for part in parts[number : last + 1] for one in part.dues))
        before = sentence.before + sentence.text[max(sentence.start, whole.start - _REMEMBERED) : whole.start]
        hangs = _is_supposed(whole.words)
        supposed = supposed or (hangs and HYPOTHESIS.match(whole.words.lstrip(TRIMMED)) is not None)
        yield replace(whole, supposed=supposed or hangs, before=before[-_REMEMBERED:])
        number = last + 1


def _is_supposed(words: str) -> bool:
    found = HYPOTHESIS.search(words)
    return found is not None and not CHECKS.search(words[max(0, found.start() - _REMEMBERED) : found.start()])


def _parts(sentence: Piece) -> Iterator[Piece]:
    """A sentence cut at each comma and each “and”, but through no day."""
    start, joined = sentence.start, ""
    for joint in _JOINTS.finditer(sentence.text, sentence.start, sentence.end):
        if not _within(_Cut(*joint.span(), ","), sentence.dues):
            yield _part(sentence, start, joint.start(), joined=joined)
            start, joined = joint.end(), "and" if joint[0].strip() != "," else ","
    yield _part(sentence, start, sentence.end, joined=joined)


def _part(sentence: Piece, start: int, end: int, *, joined: str) -> Piece:
    first = bisect_right(sentence.dues, start - 1, key=lambda one: one.start)
    last = bisect_right(sentence.dues, end - 1, key=lambda one: one.start)
    return replace(sentence, start=start, end=end, joined=joined, dues=sentence.dues[first:last])


def _last_of(parts: Sequence[Piece], number: int) -> int:
    """The last part that still belongs to the thought that the one at `number` begins."""
    last, due, words = number, bool(parts[number].dues), parts[number].words
    for ahead in range(number + 1, min(len(parts), number + 1 + _AHEAD)):
        part = parts[ahead]
        goes_on = SUBORDINATE.match(part.words) is not None or (
            ahead == number + 1
            and not due
            and bool(part.dues)
            and GOES_ON.search(words) is not None
            and not FIRST.match(part.words)
        )
        alone = bool(part.dues) and not _without(part).strip(TRIMMED)
        if not (goes_on or alone) and (BEGINS_ANEW.match(part.words) or (due and part.dues)):
            break
        if goes_on or alone or ((part.joined == "and" or part.dues) and OURS.search(words)):
            last, due = ahead, due or bool(part.dues)
        elif due:
            break
    return last


def _without(part: Piece) -> str:
    """A part's words but for the days in it."""
    words = part.words
    for one in reversed(part.dues):
        words = words[: one.start - part.start] + words[one.end - part.start :]
    return words
