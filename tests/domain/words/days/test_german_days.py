"""Days as they are said in German, on Wednesday, 25 November 2026: a line each with its locale and the days, ? where it asks, - for none."""

import pytest

from tests.domain.words.days.said import days, expected

GONE_BY = """
de-DE  11-20        Globex am zwanzigsten
de-DE  11-20        Globex am zwanzigsten elften
de-DE  11-05        Globex am fünften November
de-DE  11-20        Globex am 20. November, gut
de-DE  11-20        Globex 20.11. gut
de-DE  11-20        Globex 20.11.26
de-DE  11-20        Globex 20.11 gut
de-DE  11-20        Globex am 20. 11. gut
de-DE  11-03        Globex am 3.11 bei Herrn Maier
de-DE  11-22        Globex vor drei Tagen
de-DE  11-04        Globex vor 3 Wochen
de-DE  ?            Globex vor ein paar Tagen
de-DE  ?            Globex vor einigen Wochen
de-DE  ?            Globex vor etwa zwei Wochen
de-DE  ?            Globex vor gut einer Woche
de-DE  11-18        heute vor einer Woche Globex
de-DE  11-16        Montag vor einer Woche Globex
de-DE  11-17        gestern vor einer Woche Globex
de-DE  11-17        Globex vorletzten Dienstag
de-DE  11-13        Globex am vorletzten Freitag
de-DE  ?            Globex vorletzte Woche
de-DE  11-09        Globex vorletzte Woche Montag
de-DE  11-18        Globex letzte Woche Mittwoch
de-DE  11-18        Globex Mittwoch letzte Woche
de-DE  11-18        Globex Mittwoch letzter Woche
de-DE  11-18        Globex am Mittwoch der letzten Woche
de-DE  11-11        Globex am Mittwoch in der vorletzten Woche
de-DE  ?            Globex in der letzten Woche
de-DE  ?            Globex am Wochenende
de-DE  ?            Globex letztes Wochenende
de-DE  ?            Globex Ende letzter Woche
de-DE  ?            Globex Anfang der Woche
de-DE  11-12        Globex KW 46 Donnerstag
de-DE  ?            Globex KW46
de-DE  ?            Globex in KW 46
de-DE  ?            Globex in der 46. KW
de-DE  ?            Globex Kalenderwoche 46
de-DE  11-24        Globex gesten Abend
de-DE  11-24        Globex gestern früh um 8
de-DE  11-24        Globex gestern um halb drei
de-DE  11-25        Globex heute Nachmittag
de-DE  11-23        Globex vor gestern
de-DE  11-23        Globex vorgestern
de-DE  ?            Globex übermorgen
de-DE  ?            Globex morgen
de-DE  -            Guten Morgen, war bei Globex
de-DE  11-23        Globex Montag morgen
de-DE  11-24        Globex gestern morgen
de-DE  11-23        Globex Montagmorgen
de-DE  11-20        Globex Freitagnachmittag
de-DE  11-24        Globex am Dienstagabend
de-DE  11-24        Globex Di: x
de-DE  11-19        Globex Do, gut
de-DE  11-18        Globex am Mi
de-DE  11-20        Globex letzten Fr
de-DE  11-20        Globex Fr. 20.11.
de-DE  11-16        Globex Mo 16.11.: x
de-DE  -            Fr. Müller von Globex
de-DE  -            so war das bei Globex
de-DE  11-23        Globex diesen Montag
de-DE  11-20        Globex vergangenen Freitag
de-DE  11-20        Globex am vergangenen Freitag
de-DE  11-19        Globex vorigen Donnerstag
de-DE  11-17        Globex 17.-19.11.
de-DE  11-17        Globex vom 17. bis 19.11.
de-DE  11-17        Globex vom 17. bis 19. November
de-DE  11-17        Globex 17./18. November
de-DE  11-17        Globex 17. und 18. November
de-DE  11-23        Globex Montag bis Mittwoch
de-DE  11-23        Globex von Montag bis Mittwoch
de-DE  11-23        Globex Mo-Mi
de-DE  11-23        Globex Montag und Dienstag
de-DE  ?            Globex Montag oder Dienstag
de-DE  11-24        Globex Montag, nein Dienstag
de-DE  11-24        Globex Montag, äh Dienstag
de-DE  11-24        Globex nicht Montag, sondern Dienstag
de-DE  11-23        Globex gestern, Quatsch, vorgestern
de-DE  11-13        Globex am Freitag, den 13.
de-DE  11-13        Globex Freitag der 13. November
de-DE  11-19        Globex Donnerstag, 19. November 2026
de-DE  11-01        Globex am 1. November
de-DE  11-24        Globex am 24ten
de-DE  ?            Globex am 30.11.
de-DE  ?            Globex 30. November
de-DE  10-30        Globex am 30.
de-DE  10-20        Globex am 20. letzten Monats
de-DE  10-03        Globex letzten Monat am 3.
de-DE  -            Globex am dritten Standort
de-DE  -            Globex im zweiten Stock
de-DE  -            Globex zum dritten Mal
de-DE  -            Globex das erste Mal
de-DE  -            Globex 10-12 Leute
de-DE  -            Globex Version 3.4.2
de-DE  -            Globex 3/4 davon
de-DE  -            Globex Q3 lief schlecht
de-DE  -            Globex 24/7 Support
de-DE  -            Globex Raum 12
de-DE  -            Globex seit Montag steht alles
de-DE  -            Globex jeden Freitag
de-DE  -            Globex montags immer
de-DE  -            Globex ab Montag
de-DE  -            Globex bis Freitag
de-DE  ?            Globex nächste Woche
de-DE  10-31        Globex am Reformationstag
de-DE  11-01        Globex an Allerheiligen
de-DE  10-03        Globex Tag der Deutschen Einheit
de-DE  05-25        Globex Pfingstmontag
de-DE  11-11        Globex am Martinstag
de-DE  11-15        Globex Volkstrauertag
de-DE  11-22        Globex Totensonntag
de-DE  ?            Globex 1. Advent
de-AT  10-26        Globex am Staatsfeiertag
de-AT  10-26        Globex Nationalfeiertag
de-AT  01-05        Globex am 5. Jänner
de-CH  08-01        Globex am 1. August
de-CH  08-01        Globex Bundesfeier
de-DE  ?            Globex neulich
de-DE  ?            Globex kürzlich
de-DE  ?            Globex vor Kurzem
de-DE  ?            Globex dieser Tage
de-DE  ?            Globex im Oktober
de-DE  ?            Globex Mitte November
de-DE  ?            Globex letzten Monat
de-DE  10-25        Globex vor einem Monat
de-DE  11-25        Globex vor einer halben Stunde
de-DE  11-25        Globex vor 2 Stunden
de-DE  11-17        Globex vor acht Tagen
de-DE  11-25        Globex vorhin
de-DE  11-18        Globex Mittwoch
de-DE  11-18        Globex mitwoch
de-DE  11-19        Globex donerstag
de-DE  11-24        Globex dinstag
de-DE  11-21        Globex Sonnabend
de-DE  11-24        Globex am vierundzwanzigsten
de-DE  11-17        Globex am siebzehnten November
de-DE  11-17        Globex siebzehnter November
de-DE  11-17        Globex den 17.11.
de-DE  11-17        Globex, 17.11.2026, 14:30 Uhr
de-DE  11-17        Globex 17.11. 14 Uhr
de-DE  11-17        Globex am 17.11. um 14:30
de-DE  11-17        Globex 17. Nov
de-DE  11-17        Globex 17. Nov.
de-DE  11-17        Globex 2026-11-17
de-DE  11-23        Globex diese Woche Montag
de-DE  ?            Globex diese Woche
de-DE  11-23        Globex Montag dieser Woche
de-DE  ?            Globex zwei Tage vor Weihnachten
de-DE  -            Umsatz seit letztem Jahr
de-DE  11-19        Globex Donnerstag letzte Woche Abend
de-DE  11-24        gestern Nacht Globex
de-DE  ?            Anfang November Globex
de-DE  11-24        Globex am gestrigen Tag
de-DE  11-24        Globex am Vortag
de-DE  ?            Globex letztens
"""


@pytest.mark.parametrize("row", [line for line in GONE_BY.splitlines() if line])
def test_a_day_gone_by(row: str) -> None:
    """What has happened, and what only looks like a day."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale) == expected(said)
