"""What commitments look like in English."""

from __future__ import annotations

import re

from bot.domain.words.line.promise_vocabulary import NAME

_ACTIONS = """
send resend email mail forward share ship deliver provide supply get give call ring phone chase check confirm clarify fix
repair replace resolve sort solve look find prepare draft write rewrite update revise review organise organize arrange
schedule set book invite introduce intro connect put follow come go bring drop visit report respond reply answer let tell
inform brief show demo present run test trial install configure migrate move upgrade add remove build create make produce
publish release launch roll refund credit reimburse waive reduce lower extend quote price propose submit circulate pass
escalate raise investigate analyse analyze assess audit train coach host order reorder speed finish complete close open
enable activate grant transfer sign countersign return collect pick swap exchange correct amend cancel dispatch hand keep
ask speak talk discuss align work start begin ensure cover join meet recommend gather compile document summarise
summarize translate print invoice help support explain secure unblock approve process push pull rework redo reset restore
change adjust adapt apply offer handle own take post upload download sync ping text message reach contact circle touch
nail lock coordinate do cut drive deploy ready develop design stop
"""
VERB = rf"(?:{'|'.join(sorted(set(_ACTIONS.split()), key=len, reverse=True))})"
_IRREGULAR = frozenset(("getting", "putting", "setting", "planning", "cutting", "shipping", "dropping", "running"))
_GERUNDS = {one.removesuffix("e") + "ing" for one in _ACTIONS.split()} | _IRREGULAR
_GERUND = rf"(?:{'|'.join(sorted(_GERUNDS, key=len, reverse=True))})"
THEIRS_TO_DO = re.compile(
    r"(?:decide|sign|pay|buy|renew|think|consider|come back to us|get back to us|let us|let me|send us|send me|give us|give me|tell us"
    r"|confirm to us|meet|catch up|talk|disagree|reconvene|extend|order)\b",
    re.IGNORECASE,
)
STATES = re.compile(
    r"(?:see\b(?!\s+to\b)|be|need|have|lose|miss|know|think|win|hear|struggle|want|like|remain|stay|wait|learn|probably|never|not|find it"
    r"|only|always|still|all"
    r"|soon|regret|agree|love|use|become|grow|survive|pay|buy|end up|live|feel)\b",
    re.IGNORECASE,
)
TO_THEM = re.compile(
    r"\b(?:them|him|her|(?:the|our|this)\s+(?:customer|client|team|board|buyer|ceo|cfo|coo|cio|cto)|their\s+\w+|everyone|everybody|all of them)\b",
    re.IGNORECASE,
)
TO_US = re.compile(r"\b(?:us|me)\b", re.IGNORECASE)
_ALSO = (
    r"(?:(?:also|now|then|definitely|certainly|gladly|happily|personally|both|just|try\s+(?:to|and)|make\s+sure\s+(?:to|that\s+we)|of\s+course|at\s+least|be\s+able\s+to"
    r"|aim\s+to|immediately|urgently|next)\s+)*"
)
_WHOM = (
    rf"(?:(?:to\s+|with\s+)?(?:them|him|her|(?i:everyone|everybody|all)|the\s+\w+|their\s+[\w-]+(?:\s+of\s+\w+)?"
    rf"|(?:Mr|Mrs|Ms|Dr)\.?\s+\w+|{NAME})\s*,?\s+)"
)
_FOLLOWING = (
    r"(?:\s*['’](?:d|ll)|\s+(?:would|will|could|can|shall|should|['’]?d|are\s+going\s+to|were\s+going\s+to|is\s+going\s+to"
    r"|was\s+going\s+to|ll))\b"
)

TOLD = re.compile(
    rf"\b(?:said|saying|say|told|telling|mentioned|confirmed|assured|assuring|explained|replied|answered|promised|promise|promising|guaranteed|agreed|agree|committed|swore"
    rf"|vowed|pledged|arranged|undertook|gave\s+(?:(?:them|him|her)\s+)?(?:my|our)\s+word|made\s+clear)\s+{_WHOM}?(?:that\s+)?"
    rf"(?P<owner>I|we|my\s+team|our\s+team|(?:our|my)\s+\w+|{NAME}){_FOLLOWING}\s+{_ALSO}(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
PROMISED = re.compile(
    r"\b(?P<verb>(?:re)?promised|promise|promising|pledged|pledge|guaranteed|guarantee|committed(?:\s+(?:ourselves|myself|us))?|commit|undertook|undertaken|undertake"
    r"|agreed|agree|agreeing|offered|volunteered|vowed|swore|signed\s+up|assured)\b\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
TO_DO = re.compile(rf"{_WHOM}?(?:to|(?=\w+ing\b))\s*{_ALSO}(?P<what>\S.*)", re.IGNORECASE | re.DOTALL)
WITHOUT_WHOM = re.compile(
    rf"(?:(?:to\s+)?(?:them|him|her|everyone|everybody)\s+)?(?:(?:to|that\s+(?:we|I)\s*(?:['’]d|would|will|['’]ll))\s+)?{_ALSO}(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
TO_WHOM = re.compile(
    rf"(?:(?:them|him|her|everyone|everybody|the\s+(?:customer|client|team|board|buyer|ceo|cfo|coo|cio|cto)|their\s+[\w-]+(?:\s+of\s+\w+)?|{NAME})\s+(?=(?:a|an|the|our|some|new|to|that|we|\d+)\b)"
    rf"|the\s+\w+\s+(?=(?:a|an|two|three|four|five|six|some|our)\b)|(?:them|him|her)\s+(?=\S))",
    re.IGNORECASE,
)
BASE = frozenset(["promise", "pledge", "guarantee"])
_ONLY_TO_WORDS = (
    "committed commit undertook undertaken undertake agreed agree agreeing offered volunteered vowed swore signed assured"
)
ONLY_TO = frozenset(_ONLY_TO_WORDS.split())
"""Verbs that are a commitment only with something to do after them: agreed to send, but not agreed a price."""

FIRST = re.compile(
    rf"(?:^|\b)(?P<owner>I|we|my\s+team|our\s+team|the\s+team|(?<=^)me|(?<=^)us|both\s+of\s+us)(?:\s+(?:both|all|also|then|now))?"
    rf"(?P<how>\s*['’]ll|\s*ll(?=\s)|\s+(?:will|shall)|(?:\s*['’](?:m|re)|\s+(?:am|are))?\s+(?:going\s+to|gonna|to)|\s*['’]ve\s+(?:got\s+)?to|\s+(?:have|need|got|ought)\s+to|\s+must|\s+should)"
    rf"\s+{_ALSO}(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
WEAK = re.compile(r"need|ought|should|must|have\s+to|ve|got", re.IGNORECASE)
PRESENT = re.compile(rf"^\W*(?:and\s+|so\s+)?(?P<owner>I|we)(?:\s+also)?\s+(?P<what>{VERB}\b.*)", re.IGNORECASE | re.DOTALL)
NAMED = re.compile(
    rf"(?:^|\b(?:and|but|that|then|also|so|action|on|for|have|get|i'll have)\s+)\W*(?P<owner>{NAME}"
    rf"|(?:our|my)\s+\w+(?:\s+(?:team|manager|lead|desk|of\s+\w+))?)(?:\s+(?:from|in|of)\s+our\s+\w+)?"
    rf"(?:\s*['’]ll|\s+(?:will|shall|must|has\s+to|needs\s+to|is\s+(?:going\s+)?to|should|to))\s+{_ALSO}(?P<what>{VERB}\b.*)",
    re.IGNORECASE | re.DOTALL,
)
PLAIN = re.compile(
    rf"^\W*(?:and\s+|then\s+)?(?P<owner>[a-z][a-z'’-]{{1,20}})(?:\s*['’]ll|\s+will|\s+to)\s+{_ALSO}(?P<what>{VERB}\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME_WORDS = """
pricing board management procurement production plant legal it purchasing finance warehouse factory store shop office
hospital school bank council supplier vendor software system portal server line site project pilot trial
test contract invoice payment order shipment goods stock renewal rollout launch meeting call visit demo
they he she it you who which that this these those there and but so then also customer client supplier board delivery
price order product someone nobody everyone team all both here how when what why need want wants needs happy keen ready
able like likes going trying not due time plan plans due hard easy good great asked hope hopes likely unlikely set said
says back try tries open next order used going here goods is was are were has have had we i me us yes no ok management
everybody people users staff work fix system supply it'll they'll he'll she'll that'll you'll there'll one two
"""
NO_NAME = frozenset(_NO_NAME_WORDS.split())
THIRD = re.compile(
    rf"(?:^|\b(?:and|but|then)\s+)\W*(?P<owner>{NAME})\s+(?P<what>(?:is\s+)?(?:taking\s+care|takes\s+care|looks\s+after|follows\s+up|is\s+on\s+it|owns|picks\s+up|gets\s+back|comes\s+back"
    rf"|{VERB}e?s|{VERB}ing|goes|does)\b.*)",
    re.DOTALL,
)
OWED = re.compile(
    rf"(?:^|\b)(?P<owner>I|we|{NAME})?\s*(?:still\s+|now\s+)?\bowes?\s+(?P<what>(?!us\b|me\b)\S.*)", re.IGNORECASE | re.DOTALL
)
ON_US = re.compile(
    rf"\b(?:(?:it['’]?s\s+)?(?:up\s+to|down\s+to|on)\s+(?P<owner>me|us|{NAME})\s+to"
    rf"|(?:my|our)\s+(?:action|job|task|homework|turn|to-?do|follow-?up|commitment|next\s+step|promise)\s*(?:is|was|will\s+be|now\s+is)?\s*(?:to\b|:)"
    rf"|(?:took|take|taken|have|got)\s+(?:the|an|away\s+an?|on\s+the|on|away\s+the)?\s*(?:action|task|job|to-?do)\s+(?:to|of)"
    rf"|gave\s+(?:them|him|her)\s+(?:my|our)\s+word\s+(?:to\b|on\b|that)"
    rf"|(?:made|with|gave|given)\s+(?:(?:them|him|her|[A-Z]\w+)\s+)?(?:a|the|my|our)\s+(?:promise|commitment)\s+(?:to|of)"
    rf"|on\s+the\s+hook\s+(?:for|to)|next\s+steps?\s+(?:is|are)(?:\s+(?:to|for\s+(?:us|me)\s+to))?"
    rf"|remind\s+me\s+to|note\s+to\s+self:?\s*(?:to)?|don['’]?t\s+forget\s+to|(?:must|do)\s+not\s+forget\s+to)\s+(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
BARE = re.compile(
    rf"^\W*(?:and\s+|then\s+|so\s+|but\s+)?(?:(?:will|['’]ll|must|need\s+to|have\s+to|got\s+to|gotta|going\s+to|to|should|shall|now\s+to)\s+)?{_ALSO}(?P<what>{VERB}\b.*)",
    re.IGNORECASE | re.DOTALL,
)
ONGOING = re.compile(
    rf"^\W*(?:and\s+|so\s+)?(?:(?:I['’]?m|I\s+am|we['’]?re|we\s+are|am)\s+)?(?P<what>{_GERUND}\b(?!\s+to\b).*)",
    re.IGNORECASE | re.DOTALL,
)
GOES_BY_ITSELF = re.compile(
    r"(?:open|close|start|begin|finish|complete|move|stop|run|work|come|go|launch|return|show|change|end|follow|lower|raise|land|drop|cut|open\s+up)s?\b(?!\s+(?:up|back|over|through)\b)",
    re.IGNORECASE,
)
"""Verbs that things do as well as people: the plant will close by Friday."""

ASKED = re.compile(
    rf"^\W*(?:and\s+)?(?:(?:I|we)(?:['’]ve|\s+have)?\s+)?(?:asked|assigned|tasked|briefed|will\s+ask|have\s+asked|got)\s+(?P<owner>{NAME})\s+to\s+(?P<what>{VERB}\b.*)",
    re.IGNORECASE | re.DOTALL,
)
THEY_WERE_TOLD = re.compile(
    rf"\b(?:said|told|promised|assured|confirmed)\s+{_WHOM}?(?:that\s+)?(?:they|she|he)(?:['’]d|['’]ll|\s+would|\s+will)\s+(?P<what>(?:get|have|receive|hear)\s+\S.*)",
    re.IGNORECASE | re.DOTALL,
)
SAYS_THAT = re.compile(
    rf"\b(?:agreed|promised|confirmed|said|assured)\s+{_WHOM}?that\s+(?P<owner>we|I|{NAME})\s+(?P<what>{VERB}(?:e?s)?\b.*)",
    re.IGNORECASE | re.DOTALL,
)
HAVE_UNTIL = re.compile(rf"\b(?:we|I)\s+have\s+(?:until|till|by)\b.{{1,40}}?\bto\s+(?P<what>{VERB}\b.*)", re.IGNORECASE | re.DOTALL)
FROM_US = re.compile(
    rf"^.*?\b(?:they|he|she|customer|client)(?:['’]ll|\s+will|\s+should|\s+can)?\s+(?:expects?|gets?|receives?|have|has)\s+(?P<what>\S.*?)\s+from\s+(?P<owner>us|me|{NAME})\b",
    re.IGNORECASE | re.DOTALL,
)
THEY_GET = re.compile(
    r"^\W*(?:and\s+)?(?:they|he|she)(?:['’]ll|\s+will)\s+(?:get|receive)\s+(?P<what>\S.*)", re.IGNORECASE | re.DOTALL
)

GOVERNED = re.compile(
    r"\b(?:whether|wants?|wanted|wanting|asked|asks|asking|hopes?|hoped|hoping|expects?|expected|expecting|wish\w*|would\s+like|d\s+like|thinks?|thought|believes?|fears?"
    r"|feared|worried|worry|worries|doubts?|doubted|why|how|when|wonder\w*|likes\s+us|requires?|required|demand\w*|suggest\w*|insist\w*|before\s+we|once\s+we|after\s+we|until\s+we|what|where"
    r"|so\s+that|as\s+soon|rather|prefer\w*|love\s+us|heard\s+that|complain\w*|claims?|claimed|in\s+case|not\s+sure|unclear|unsure|cannot|can['’]?t|could|might|may)\b",
    re.IGNORECASE,
)
"""What, before it, makes it somebody's wish, question or guess."""

CLAUSE = re.compile(r"\b(?:so|and|but|because|then)\s+(?=I\b|we\b|promised|have|had)", re.IGNORECASE)
OTHERS = re.compile(
    r"(?:\b(?:they|he|she|it|who|which|customers?|clients?|supplier|vendor|everyone|everybody|nobody|somebody|someone|you|management|board)|\b(?:their|the|his|her|a|an)\s+[\w-]+(?:\s+of\s+[\w-]+)?|\b(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.?\s+\w+)"
    r"(?:\s*['’](?:ve|d|s|ll)|\s+(?:has|have|had|also|then|now|already|just|even|did|finally|kindly))*\s*$",
    re.IGNORECASE,
)
ME = re.compile(
    r"(?:^|\b(?:I|we|and|but|so|then|also|me\s+and\s+\w+|today|yesterday|where)|[’']ve)(?:\s*['’](?:ve|d)|\s+(?:has|have|had|also|then|now|already|just|even|did|do|both|all))*\s*$",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"\b(?P<whom>[\w'’-]+)(?:\s+(?:was|were|been|got|is|are|being|have\s+been|has\s+been|had\s+been))\s*$", re.IGNORECASE
)
NEGATED = re.compile(
    r"(?:\b(?:not|never|no|nothing|nobody|without|none|cannot|avoid\w*|refus\w*)|n['’]?t)\b[\w\s]{0,20}$", re.IGNORECASE
)
NAMED_LAST = re.compile(rf"(?<!\w)(?P<name>{NAME})(?:\s+(?:has|have|had|also|then|now|already|just))*\s*$")
