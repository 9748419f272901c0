"""German words of days, as they are spoken in Germany, Austria and Switzerland."""

from __future__ import annotations

from bot.domain.words.days.kinds import Kind

_UNITS = (
    *("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn", "vierzehn"),
    *("fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
_TENS = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig", 60: "sechzig", 90: "neunzig"}
_STEMS = (
    *("", "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft"),
    *("dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst"),
)
_ALL_STEMS = {
    **{number: stem for number, stem in enumerate(_STEMS) if stem},
    **{20 + one: f"{_UNITS[one]}undzwanzigst" for one in range(1, 10)},
    30: "dreißigst",
    31: "einunddreißigst",
}
_NUMBERS = [
    *(f"{word}={number}" for number, word in enumerate(_UNITS) if number > 1),
    *(f"{word}={number}" for number, word in _TENS.items()),
    *(f"{_UNITS[one]}und{word}={number + one}" for number, word in _TENS.items() for one in range(1, 10)),
    "zwo=2, ein dutzend|dutzend=12",
]


_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag")
_PARTS = ("morgen", "früh", "vormittag", "mittag", "nachmittag", "abend", "nacht")
_WEEKDAYS = [
    "|".join(one for name in names.split("|") for one in (name, *(f"{name}{gap}{part}" for part in _PARTS for gap in ("", " "))))
    + f"={number}"
    for number, names in enumerate(_DAYS)
]


def _ends(stem: str, *ends: str) -> str:
    return "|".join(f"{stem}{end}" for end in ends or ("e", "er", "en", "es", "em"))


def _turn(*stems: str) -> str:
    return "|".join(_ends(stem) for stem in stems)


WORDS = {
    Kind.MONTH: "januar|jänner|jan=1, februar|feber|feb=2, märz|mrz|maerz=3, april|apr=4, juni|juno|jun=6, juli|julei|jul=7"
    ", august|aug=8, september|sept|sep=9, oktober|okt=10, november|nov=11, dezember|dez=12",
    Kind.MAYBE_MONTH: "mai=5, mär=3",
    Kind.WEEKDAY: ", ".join(_WEEKDAYS),
    Kind.WEEKDAYS: "montagen=0, dienstagen=1, mittwochen=2, donnerstagen=3, freitagen=4, samstagen=5, sonntagen=6",
    Kind.TURN_WEEK: "vorwoche|der vorwoche|die vorwoche=-1, folgewoche|der folgewoche=1",
    Kind.TURN_MONTH: "vormonat|des vormonats|vormonats=-1, folgemonat=1",
    Kind.SHIFT: "am tag nach|tag nach|tags nach|der tag nach|am tag danach|am morgen nach=1, am tag vor|tag vor|tags zuvor"
    "|der tag vor"
    "|am tag davor|am tag zuvor|am abend vor=-1",
    Kind.MAYBE_WEEKDAY: "mo=0, di=1, mi=2, do=3, fr=4, sa=5, so=6",
    Kind.RELATIVE: "gestern morgen=-1, vorgestern morgen=-2, "
    "heute|heut|am heutigen tag|heutig|heutigen|hüt|hüüt=0, gestern|gesten|gestan|gester|gestrigen tag"
    "|am gestrigen tag|gesdern|geschtern"
    "|am vortag|gestrige=-1, vorgestern|vor gestern|vorgesten|ehegestern=-2, vorvorgestern|vor vorgestern"
    "|vor vor gestern|vorvor gestern=-3"
    ", morgen=1, übermorgen|über morgen=2, überübermorgen=3, letzte nacht|heute nacht um=-1",
    Kind.PART: "früh|morgens|vormittag|vormittags|mittag|mittags|nachmittag|nachmittags|abend|abends|nacht|nachts|in der früh"
    "|am morgen|am abend|am nachmittag"
    "|am vormittag|am mittag|in der nacht|zu mittag|zum mittagessen|beim mittagessen|zum frühstück|spätabends"
    "|frühmorgens|am frühen morgen|am späten abend"
    "|am späten nachmittag|am frühen nachmittag|am frühen abend|am späten vormittag|vorm mittag|nach mittag"
    "|mittagessen|früh am morgen|ganz früh|zum kaffee=0",
    Kind.TODAYS_PART: "heute morgen|heute früh|heut morgen|heute vormittag|heute mittag|heute nachmittag|heute abend|heute nacht"
    "|heute in der früh"
    "|diesen morgen|diesen vormittag|diesen nachmittag|heut früh|heut abend|heut mittag|gerade eben|soeben|vorhin"
    "|eben gerade|heut nachmittag|heut vormittag"
    "|heute morgens|heute abends|diesen mittag|diesen abend=0",
    Kind.UNIT: "tag|tage|tagen=0, woche|wochen=1, monat|monate|monaten|monats=2, quartal|quartale|quartalen|quartals=3, jahr"
    "|jahre|jahren|jahres=4"
    ", wochenende|we=5, werktag|werktage|werktagen|arbeitstag|arbeitstage|arbeitstagen=6"
    ", stunde|stunden|std|minute|minuten|min|halben stunde|viertelstunde|halbe stunde|sekunde|sekunden=7",
    Kind.ARTICLE: "ner|nem|ne|nen=1, ein|eine|einer|einem|einen|eines|1er=1",
    Kind.NUMBER: ", ".join(_NUMBERS),
    Kind.NTH: ", ".join(f"{_ends(stem, 'e', 'er', 'en', 'em')}={number}" for number, stem in _ALL_STEMS.items())
    + ", siebenten|siebente|siebenter=7",
    Kind.LAST: f"{_turn('letzt', 'vergangen', 'vorig', 'verflossen', 'verwichen')}|letzt|vorig|vergangen",
    Kind.NEXT: f"{_turn('nächst', 'folgend')}",
    Kind.COMING: f"{_turn('kommend')}",
    Kind.THIS: f"{_turn('dies', 'selb', 'laufend', 'heurig', 'aktuell')}|der laufenden|des laufenden|dieses|dies",
    Kind.BEFORE_LAST: f"{_turn('vorletzt', 'vorvorig', 'vorvergangen', 'vorvorletzt')}|davor",
    Kind.AFTER_NEXT: f"{_turn('übernächst')}|darauf",
    Kind.AGO: "her|zuvor|zurück",
    Kind.AGO_BEFORE: "vor genau|genau vor|vor exakt|vor",
    Kind.IN: "in|binnen|innerhalb von|innerhalb|innert|binnen der nächsten|in den nächsten|innerhalb der nächsten"
    "|im laufe der nächsten",
    Kind.FROM_NOW: "ab heute|von heute an",
    Kind.WEEK_NUMBER: "kw|kalenderwoche|der kw|woche nr",
    Kind.FEW: "zweieinhalb|anderthalb|eineinhalb|dreieinhalb|viereinhalb|einer knappen|einer guten|knapp einer|gut einer"
    "|nicht ganz einer|über einer|mehr als einer|"
    "paar|ein paar|einigen|einige|mehreren|mehrere|wenigen|wenige|etlichen|vielen|ein zwei|ein bis zwei|zwei drei"
    "|längerer|kurzer|geraumer",
    Kind.ABOUT: "etwa|ungefähr|circa|ca|rund|knapp|gut|fast|gute|guten|so|in etwa|über|mehr als|gerade mal|zirka|guter|gutem",
    Kind.VAGUE: "zu wochenbeginn|wochenbeginn|wochenanfang|am wochenanfang|zum wochenanfang|zu wochenanfang|wochenmitte"
    "|am feiertag|am letzten feiertag|am brückentag|zwischen den jahren|letzten sommer|letzten herbst|letzten winter"
    "|letzten frühling|letztes frühjahr|im sommer|im herbst|im winter|im frühling|im frühjahr|"
    "neulich|letztens|kürzlich|unlängst|vor kurzem|vor kurzer zeit|vor einiger zeit|dieser tage|die tage|jüngst"
    "|vor längerer zeit"
    "|vor längerem|vor geraumer zeit|vor einer weile|vor tagen|vor wochen|vor monaten|in den letzten tagen"
    "|unter der woche|irgendwann letzte woche"
    "|irgendwann diese woche|eines tages|den einen tag|letzthin|jüngstens|die letzten tage|an einem tag letzte woche"
    "|im laufe der woche"
    "|vor jahren|vor einem weilchen|neulig|an einem der letzten tage|an irgendeinem tag|irgendwann|die woche"
    ""
    "",
    Kind.SOMETIME: "bald|demnächst|vorher|zuletzt|damals|später|früher|schon länger",
    Kind.EDGE: "anfang|beginn|zu beginn|am anfang|zu anfang|anfang der=1, mitte|in der mitte|mitte der=2, ende|am ende"
    "|gegen ende|schluss|ende der|zum ende=3",
    Kind.DONE_BY: "feierabend|zum feierabend|dienstschluss|büroschluss|geschäftsschluss|tagesende|ende des tages|zum ende des tages"
    "|ende des arbeitstages"
    "|ende des arbeitstags",
    Kind.SHORT_EDGE: "wochenschluss|wochenendes=1, monatsende|monatsschluss|ultimo|monatsletzten|zum monatsende=2, quartalsende"
    "|quartalsschluss=3"
    ", jahresende|jahresschluss|silvesterabend|jahreswechsel=4",
    Kind.QUARTER: "q1|erstes quartal|ersten quartal|ersten quartals|erste quartal|1 quartal=1, q2|zweites quartal|zweiten quartal"
    "|zweiten quartals=2"
    ", q3|drittes quartal|dritten quartal|dritten quartals=3, q4|viertes quartal|vierten quartal|vierten quartals=4",
    Kind.ON: "in der|im letzten|am|vom|den|an|beim|dem|zum|im|übers|über das|am letzten|während|an dem",
    Kind.THE: "der|die|das|den|dem",
    Kind.OF: "des|der|aus|aus der|von der",
    Kind.AT: "um|gegen|ab|kurz vor|kurz nach|so um|so gegen|ca um|etwa um",
    Kind.BY: "spätestens|"
    "bis spätestens|spätestens am|spätestens bis|bis spätestens zum|bis spätestens am"
    "|fällig|fällig am|bis am|vorm"
    "|bis zum spätesten|bis in den|bis zu|bis vor|bis inklusive|bis einschließlich|noch vor|vor dem|vor der"
    "|bis inkl|deadline|bis an|frist",
    Kind.DUE_AFTER: "allerspätestens",
    Kind.WEEK_OF: "woche vom|woche ab dem|woche ab|der woche vom|woche um den",
    Kind.SINCE: "seit|seit dem|ab|ab dem|seit letztem|von|nach|nach dem|seit letzter|läuft aus am|endet am|endet|startet am"
    "|ab kommendem|beginnend|beginnend am",
    Kind.FROM: "von|zwischen|zwischen dem|von dem",
    Kind.UNTIL: "bis|bis zum|bis zur|bis hin zum",
    Kind.TO: "",
    Kind.AND: "und|u|sowie|plus",
    Kind.OR: "oder|beziehungsweise|bzw|oder am|oder wars|oder war es|oder vielleicht",
    Kind.NO: "nein|quatsch|nee|ne|sorry|ich meine|meine|halt|vielmehr|äh|ähm|pardon|korrektur|moment|falsch|nein quatsch"
    "|nein halt|nein moment|ach nein"
    "|ach ne|ach quatsch|besser gesagt|ich meinte|meinte|quatsch am|nein am|nee am|äh nein|ähm nein|stimmt nicht"
    "|nein falsch|nein es war|das heißt|genauer"
    "|genauer gesagt|eigentlich|nein doch|entschuldigung|verzeihung|blödsinn|unsinn|sondern|sondern am|sondern erst"
    "|sondern schon|nein sorry|nö",
    Kind.NOT: "nicht|nicht am|nicht erst|nicht schon",
    Kind.NO_DAY: "herr|herrn|frau|familie|fam|kollege|kollegin|fräulein|"
    "jede|jeden|jeder|jedes|jedem|pro|guten|schwarzer|schwarzen|je|jeweils|immer|alle|aller|ganze|ganzen|blauer"
    "|blauen|kein|keinen|schönen|gute"
    "|weißer|weißen|stiller|langer|langen",
    Kind.EARLY: "noch|noch am|gleich am|ganz früh am|früh am|spät am",
    Kind.FOLLOWER: "mit|bei|beim|war|waren|im|in|ins|zu|zur|zum|ich|wir|sie|er|es|getroffen|besucht|gesprochen|telefoniert|gesehen"
    "|da|hat|haben|hatte|hatten"
    "|und|wegen|zusammen|vor|um|am|an|auf|aus|auch|der|die|das|dort|gewesen|kurz|lang|wollen|will|nach|als|wo|habe"
    "|hab|ging|ist|sind|nur|noch|nicht|nix"
    "|nichts|alles|sehr|ganz|über|für|gegen|haben|gab|gut|gute|guter|gutes|nettes|netter|nette|kurzer|kurzes|langes"
    "|langer|per|via|vom|von|telefonisch"
    "|persönlich|vorbei|vorort|angerufen|abgestimmt|besprochen|ihr|ihre|deren|dessen|unser|unsere|mein|meine|man|ok"
    "|lief|kam|kamen|sagt|sagte|meint|meinte",
    Kind.DAY_MARK: "",
}
