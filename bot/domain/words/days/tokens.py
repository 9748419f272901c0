"""A text as a row of tokens: words, numbers, numeric dates, times and signs, each of a kind that days are put together from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.words.days.folding import folded
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.vocabulary import Meaning, Vocabulary

_WORD = r"[^\W\u3040-\u30ff\u3400-\u9fff]"
"""A letter or digit of a script that parts words by spaces: numbers stand free beside the others."""

_FREE = rf"(?:(?<!{_WORD})(?<![.,/+$€£¥#:@\\-])|(?<=[א-ת]-))"
_END = rf"(?!{_WORD}|[/%@\\°]|[:-](?!\s|$)|[.,]\d|\.\w)"
_SOON = rf"(?!{_WORD}|[%/]|[.,-]\d)"
_YEAR = r"(?:\d{4}|\d{2}(?!\d))"
_CLOCK = (
    r"\d{1,2}[:.]\d{2}\s?(?:uhr|h|am|pm|a\.m\.|p\.m\.)|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d{1,2}\s?(?:uhr|o'clock|[ap]\.m\.|[ap]m|h\d{2}|h)|\d{1,2}時(?:半|\d{1,2}分)?"
)
_SHAPES = re.compile(
    r"(?P<address>(?:https?|ftp|mailto):[^\s|<>]+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|co|uk|eu|ai|app|de|at|ch|fr|es|jp|il|eg)(?!\w))"
    rf"|(?P<iso>{_FREE}\d{{4}}(?P<s1>[-/.])\d{{1,2}}(?P=s1)\d{{1,2}}(?:(?=t\d\d:)|(?!{_WORD}|[%@\\]|[-/]\w|[.,]\d))|{_FREE}20\d\d[01]\d[0-3]\d{_END})"
    rf"|(?P<tight>{_FREE}\d{{1,2}}[-/.]?(?=(?:jan|feb|m[aä]r|apr|may|mai|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*(?:[-/.]?\d|\W|$)))"
    r"|(?P<year>(?<=[a-z][-/])\d{2}(?:\d{2})?(?![\w/-]))"
    rf"|(?P<days>{_FREE}\d{{1,2}}\s?[-&+]\s?\d{{1,2}}/\d{{1,2}}(?:/{_YEAR})?{_SOON}|{_FREE}\d{{1,2}}/\d{{1,2}}\s?-\s?\d{{1,2}}(?![\d/]){_SOON})"
    rf"|(?P<span>{_FREE}\d{{1,2}}(?:\.?\s?[-+&]\s?|\.\s?(?:und|bis|u\.?|et|y)\s|\./)\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?{_YEAR})?{_SOON})"
    rf"|(?P<date>{_FREE}(?:\d{{1,2}}(?P<s2>[/.])\d{{1,2}}(?:(?P=s2){_YEAR}|\.(?!\w))?{_END}(?!\.\s?-\s?\d)|\d{{1,2}}-\d{{1,2}}-{_YEAR}{_END}"
    rf"|\d{{1,2}}(?P<s4>[/.])\d{{1,2}}(?:(?P=s4){_YEAR}?)?(?=\s?-\s?\d{{1,2}}(?P=s4)\d)"
    rf"|\d{{1,2}}\.\s\d{{1,2}}\.(?:\s?{_YEAR})?{_SOON}|\d{{1,2}}\s?/\s?\d{{1,2}}\s?/\s?\d{{4}}{_END}"
    rf"|(?<=-)\d{{1,2}}(?P<s5>[/.])\d{{1,2}}(?:(?P=s5){_YEAR}?)?{_SOON}))"
    rf"|(?P<more>(?<=[\d.]-)\d{{1,2}}(?P<s6>[/.])\d{{1,2}}(?:(?P=s6){_YEAR}?)?{_SOON})"
    rf"|(?P<clock>(?<!{_WORD})(?<![.,:])(?:{_CLOCK})(?!{_WORD}))"
    rf"|(?P<two>{_FREE}\d{{1,2}}(?:st|nd|rd|th|\.)?\s?[-/&+]\s?\d{{1,2}}(?:st|nd|rd|th|\.(?!\d))?{_SOON})"
    rf"|(?P<nth>{_FREE}\d{{1,2}}\s?(?:st|nd|rd|th|ten|ter|te|er|º)(?!\w))"
    rf"|(?P<week>(?<!\w)(?:kw|cw|wk)\.?\s?\d{{1,2}}(?:/\d{{2,4}})?(?!\w))"
    rf"|(?P<number>{_FREE}\d{{1,4}}(?!{_WORD}|[%@\\°/]|[.,:-]\d|-\w))"
    r"|(?P<glued>(?:[^\W\d_\u3040-\u30ff\u3400-\u9fff]+(?=\d))?\d(?:[\w./:@#€$£%+\\-]*[^\W\u3040-\u30ff\u3400-\u9fff])?)"
    r"|(?P<prefix>(?<!\w)[בהלמ]-(?=\d))"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0640])*)"
    r"|(?P<sign>\n|[^\s\w]|_)"
)
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0640]")
_WRITTEN_TOGETHER = re.compile("[぀-ヿ㐀-鿿々〇]")
_SIGNS = {
    ".": Kind.DOT,
    ",": Kind.COMMA,
    "-": Kind.DASH,
    "(": Kind.OPEN,
    ")": Kind.CLOSE,
    "/": Kind.SLASH,
    "&": Kind.AND,
    "+": Kind.AND,
    "'": Kind.APOSTROPHE,
    "~": Kind.ABOUT,
}


@dataclass(frozen=True)
class Token:
    """A piece of the text from `start` up to `end`, and what it may be; `value` is its number, `key` the text as it is compared."""

    kind: Kind
    start: int
    end: int
    value: int
    key: str


def tokens_of(text: str, vocabulary: Vocabulary, known: Iterable[tuple[int, int, Kind, int]] = ()) -> list[Token]:
    """All tokens of a text, in order: phrases of the vocabulary are one, white space is none; what is `known` stands for those within it."""
    plain = folded(text)
    told = [Token(kind, start, end, value, plain[start:end]) for start, end, kind, value in known]
    within = {at for one in told for at in range(one.start, one.end)}
    tokens = [one for one in _phrased(list(_raw(plain, vocabulary)), vocabulary) if one.start not in within]
    return sorted([*tokens, *told], key=lambda one: one.start)


def _raw(plain: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """Single tokens. Words of scripts without spaces are cut where the vocabulary's longest words end."""
    at = 0
    while match := _SHAPES.search(plain, at):
        start, shape = match.start(), next(name for name in _NAMES if match[name])
        if vocabulary.together and (shape == "sign" or _WRITTEN_TOGETHER.match(plain, start)):
            length, meaning = vocabulary.longest(plain, start)
            if length:
                yield _token(meaning, start, start + length, plain)
                at = start + length
                continue
            if _WRITTEN_TOGETHER.match(plain, start):
                yield Token(Kind.OTHER, start, start + 1, 0, plain[start])
                at = start + 1
                continue
        end = match.end()
        if shape == "word" and (cut := _WRITTEN_TOGETHER.search(plain, start, end)) and cut.start() > start:
            end = cut.start()
        yield _shaped(shape, start, end, plain)
        at = end


def _token(meaning: Meaning, start: int, end: int, plain: str) -> Token:
    return Token(meaning.kind, start, end, meaning.value, plain[start:end])


_KINDS = {
    "iso": Kind.ISO,
    "span": Kind.NUMERIC_SPAN,
    "days": Kind.NUMERIC_SPAN,
    "date": Kind.NUMERIC,
    "more": Kind.NUMERIC,
    "clock": Kind.CLOCK,
    "two": Kind.TWO,
    "glued": Kind.OTHER,
    "address": Kind.OTHER,
}
_DIGITS = re.compile(r"\d+")
_NUMBERED = {"nth": Kind.NTH, "week": Kind.WEEK_NUMBER, "tight": Kind.DIGITS, "number": None, "year": None}
"""Shapes whose first digits are their number; of plain numbers the kind depends on how long they are."""

_NAMES = (
    "tight",
    "year",
    "word",
    "prefix",
    "sign",
    "number",
    "nth",
    "week",
    "glued",
    *(name for name in _KINDS if name != "glued"),
)


def _shaped(shape: str, start: int, end: int, plain: str) -> Token:
    key = plain[start:end]
    if shape in _NUMBERED:
        number = int(_DIGITS.findall(key)[0])
        return Token(_NUMBERED[shape] or _numeral(key), start, end, number, key)
    if shape in ("word", "prefix"):
        return Token(Kind.OTHER, start, end, 0, _MARKS.sub("", key).rstrip("-"))
    return Token(_SIGNS.get(key, Kind.SIGN) if shape == "sign" else _KINDS[shape], start, end, 0, key)


def _numeral(key: str) -> Kind:
    if len(key) == 4:
        return Kind.YEAR if 1900 <= int(key) <= 2199 else Kind.OTHER
    return Kind.DIGITS if len(key) <= 2 else Kind.MANY


def _phrased(raw: list[Token], vocabulary: Vocabulary) -> Iterator[Token]:
    """Tokens with words and phrases of the vocabulary told from others."""
    at = 0
    while at < len(raw):
        if raw[at].kind is not Kind.OTHER:
            yield raw[at]
            at += 1
            continue
        length, meaning = _longest_phrase(raw, at, vocabulary)
        if length:
            yield Token(meaning.kind, raw[at].start, raw[at + length - 1].end, meaning.value, raw[at].key)
        else:
            yield raw[at]
        at += length or 1


def _longest_phrase(raw: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, Meaning]:
    """How many tokens from `at` on make a phrase, hyphens and apostrophes within it counted but not looked at."""
    best = (0, Meaning(Kind.OTHER, 0))
    node = vocabulary.phrases
    for index in range(at, len(raw)):
        one = raw[index]
        if index > at and one.kind in (Kind.DASH, Kind.APOSTROPHE, Kind.SLASH) and raw[index - 1].end == one.start:
            continue
        child = node.after.get(one.key)
        if child is None:
            break
        node = child
        if node.meaning:
            best = (index - at + 1, node.meaning)
    return best
