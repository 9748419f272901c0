"""More days as they are said in German, on Wednesday, 25 November 2026: a line each with its locale and the days, ? where it asks, - for none."""

import pytest

from tests.domain.words.days.said import days, expected

GONE_BY = """
de-DE  11-09        Acme vorletzte Woche am Montag
de-DE  11-09        Acme Montag der vorletzten Woche
de-DE  11-17        Acme letzte Woche am Dienstag
de-DE  11-17        Acme am Dienstag vergangener Woche
de-DE  11-17        Acme am Dienstag in der vergangenen Woche
de-DE  11-17        Acme in der Vorwoche am Dienstag
de-DE  11-17        Acme Dienstag der Vorwoche
de-DE  11-11        heute vor 14 Tagen Acme
de-DE  11-10        gestern vor zwei Wochen Acme
de-DE  11-11        Acme am Elften
de-DE  11-11        Acme am elften elften
de-DE  11-11        Acme 11.11.
de-DE  11-03        Acme am 3. des Monats
de-DE  11-03        Acme am 3. dieses Monats
de-DE  11-03        Acme am 3. diesen Monats
de-DE  ?            Acme Mitte letzter Woche
de-DE  ?            Acme zu Wochenbeginn
de-DE  ?            Acme Anfang letzter Woche
de-DE  ?            Acme vor zweieinhalb Wochen
de-DE  ?            Acme vor anderthalb Wochen
de-DE  -            Acme tags zuvor
de-DE  11-11        Acme an Sankt Martin
de-DE  11-18        Acme am Buß- und Bettag
de-DE  11-18        Acme Buss- und Bettag
de-DE  11-18        Acme Bußtag
de-DE  10-03        Acme am Tag der Einheit
de-DE  08-15        Acme Mariä Himmelfahrt
de-DE  05-24        Acme zu Pfingsten
de-DE  04-06        Acme am Ostermontag
de-DE  ?            Acme am Feiertag
de-DE  11-13        Acme Freitag vor acht Tagen
de-DE  11-06        Acme Freitag vor 14 Tagen
de-DE  11-06        Acme Freitag vor zwei Wochen
de-DE  ?            Acme kommende Woche
de-DE  ?            Acme Ende Oktober
de-DE  11-19        Acme vergangene Woche Do
de-DE  11-19        Acme vergangenen Do
de-DE  11-19        Acme letzten Do.
de-DE  11-19        Acme Do. letzter Woche
de-DE  11-19        Acme Do, 19.11.
de-DE  11-19        Acme Do 19.
de-DE  11-19        Acme am Do den 19.
de-DE  11-19        Acme Do. den 19.11.
de-DE  11-19        Acme 19.11. (Do)
de-DE  11-19        Acme 19. Nov. 26
de-DE  11-19        Acme 19/11
de-DE  -            Acme 19-11: x
de-DE  11-19        Acme 20261119
de-DE  11-19        Acme am neunzehnten elften
de-DE  11-19        Acme neunzehnter elfter
de-DE  11-19        Acme am neunzehnten dieses Monats
de-DE  11-19        Acme am 19. des Monats
de-DE  11-19        Acme am 19. d.M.
de-DE  11-18        Acme vor genau einer Woche
de-DE  11-18        Acme genau vor einer Woche
de-DE  ?            Acme vor einer knappen Woche
de-DE  11-18        Acme vor ner Woche
de-DE  10-25        Acme vor nem Monat
de-DE  11-18        Acme vor 1 Woche
de-DE  11-09        Acme vor 2 wochen am Montag
de-DE  11-09        Acme Montag vor zwei Wochen
de-DE  11-09        Acme vor zwei Wochen am Montag
de-DE  11-23        Acme zwei Tage her
de-DE  11-22        Acme ist schon drei Tage her
de-DE  11-24        Acme gestern mittag
de-DE  11-24        Acme gestern, 15h
de-DE  11-24        Acme gestern gegen Mittag
de-DE  11-24        Acme gestern zum Mittagessen
de-DE  11-25        Acme heute morgen um acht
de-DE  11-25        Acme heut vormittag
de-DE  11-23        Acme am Montag Nachmittag
de-DE  11-23        Acme Mo Nachmittag
de-DE  11-23        Acme Montagabend
de-DE  11-24        Acme am gestrigen Dienstag
de-DE  11-25        Acme am heutigen Mittwoch
de-DE  11-25        Acme heute, Mittwoch
de-DE  11-24        Acme gestern, Dienstag
de-DE  ?            Acme gestern (Montag)
de-DE  11-24        Acme gestern (Dienstag)
de-DE  11-24        Acme gestern Dienstag
de-DE  11-17        Acme am Dienstag, dem 17.
de-DE  11-17        Acme am Dienstag, dem 17. November
de-DE  11-17        Acme Dienstag, 17. 11.
de-DE  11-17        Acme Dienstag 17.11.2026 9 Uhr
de-DE  11-17        Acme Dienstag den 17ten
de-DE  11-17        Acme Dienstag, siebzehnter November
de-DE  11-17        Acme am 17.11. u. 18.11.
de-DE  11-17        Acme am 17. u. 18.11.
de-DE  11-17        Acme 17.11.-18.11.
de-DE  11-17        Acme 17.11. - 18.11.
de-DE  11-17        Acme 17.11. bis 18.11.
de-DE  11-17        Acme 17. - 18. November
de-DE  11-17        Acme 17.11.–19.11.2026
de-DE  11-23        Acme Mo bis Mi
de-DE  11-23        Acme Mo und Di
de-DE  11-23        Acme Mo + Di
de-DE  11-24        Acme gestern und heute
de-DE  11-24,11-23  Acme gestern und vorgestern
de-DE  11-24        Acme am Montag, nein, am Dienstag
de-DE  11-24        Acme am Montag - Korrektur: Dienstag
de-DE  11-24        Acme Montag, ach nein Dienstag
de-DE  11-24        Acme Montag, Moment, Dienstag
de-DE  11-24        Acme Montag, besser gesagt Dienstag
de-DE  11-23        Acme gestern - nein, vorgestern
de-DE  11-23        Acme gestern, halt, vorgestern
de-DE  ?            Acme letztes Jahr
de-DE  11-24,?      Acme gestern früh, die sagten letzte Woche war furchtbar
de-DE  11-01        Acme 1.Nov.
de-DE  11-01        Acme 1.November
de-DE  11-05        Acme am 05.11.
de-DE  11-05        Acme am 5.11.26 um 10:00
de-DE  11-05        Acme 5.11.'26
de-DE  11-05        Acme 5. Nov '26
de-DE  11-05        Acme vom 5.11.
de-DE  11-05        Besuchsbericht Acme vom 5. November
de-DE  11-23        Termin vom Montag bei Acme
de-DE  ?            Acme 46. Woche
de-DE  ?            Acme Woche 46
de-DE  11-10        Acme KW 46, Dienstag
de-DE  11-10        Acme Dienstag der KW 46
de-DE  11-10        Acme Dienstag in KW46
de-DE  ?            Acme KW 46/2026
de-DE  ?            Acme Weihnachten
de-DE  ?            Acme an Weihnachten
de-DE  ?            Acme am 1. Advent
de-DE  ?            Acme am Nikolaustag
de-DE  ?            Acme zwischen den Jahren
de-DE  11-24        Acme in der Nacht auf Dienstag
de-DE  11-23        Acme dieser Montag
de-DE  ?            Acme den letzten Montag
de-DE  11-16        Acme Montag vergangene Woche
de-DE  11-11        Acme Mittwoch vorletzter Woche
de-DE  ?            Acme dieses Wochenende
de-DE  11-21        Acme Samstag/Sonntag
de-DE  ?            Acme nächsten Mittwoch
de-DE  ?            Acme kommenden Freitag
de-DE  ?            Acme diesen Freitag
de-DE  11-25        Acme heute Abend
de-DE  ?            Acme morgen Vormittag
de-AT  02-01        Acme am 1. Feber
de-AT  ?            Acme an Mariä Empfängnis
de-CH  11-20        Acme 20. Nov
de-CH  09-20        Acme am Bettag
de-CH  11-24        Acme gestern Nami
"""


@pytest.mark.parametrize("row", [line for line in GONE_BY.splitlines() if line])
def test_a_day_gone_by(row: str) -> None:
    """What has happened, and what only looks like a day."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale) == expected(said)
