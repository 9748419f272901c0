"""Days to come, as they are said in German, on Wednesday, 25 November 2026: a line each with its locale and the days; ? asks, - is none."""

import pytest

from tests.domain.words.days.said import days, expected

TO_COME = """
de-DE  11-27        bis Freitag
de-DE  11-27        bis Ende der Woche
de-DE  12-04        bis nächsten Freitag
de-DE  11-27        bis kommenden Freitag
de-DE  12-04        bis Ende nächster Woche
de-DE  11-27        bis zum Ende der Woche
de-DE  11-30        bis Ende des Monats
de-DE  11-30        bis Monatsende
de-DE  12-31        bis Jahresende
de-DE  12-31        bis Quartalsende
de-DE  2027-01-31   bis Ende Januar
de-DE  2027-01-01   bis Anfang Januar
de-DE  12-15        bis Mitte Dezember
de-DE  11-27        bis übermorgen
de-DE  11-26        bis morgen früh
de-DE  11-26        bis morgen
de-DE  11-26        bis morgen Mittag
de-DE  11-25        bis heute Abend
de-DE  11-25        heute noch
de-DE  11-25        noch heute
de-DE  12-09        in zwei Wochen
de-DE  12-09        in vierzehn Tagen
de-DE  12-09        in 14 Tagen
de-DE  12-02        binnen einer Woche
de-DE  11-28        innerhalb von drei Tagen
de-DE  12-04        bis zum 4.12.
de-DE  12-04        bis 4. Dezember
de-DE  12-04        bis zum 4.
de-DE  12-04        bis zum vierten Dezember
de-DE  11-30        spätestens Montag
de-DE  11-30        bis spätestens Montag
de-DE  12-07        Montag in einer Woche
de-DE  12-02        in einer Woche
de-DE  12-02        heute in einer Woche
de-DE  12-02        nächste Woche
de-DE  12-02        nächste Woche Mittwoch
de-DE  12-02        Mittwoch nächster Woche
de-DE  12-09        übernächste Woche
de-DE  12-07        übernächsten Montag
de-DE  12-25        vor Weihnachten
de-DE  12-25        bis Weihnachten
de-DE  11-27        vor Freitag
de-DE  12-11        bis KW 50
de-DE  12-11        in KW 50
de-DE  11-25        bis Feierabend
de-DE  11-30        am Montag
de-DE  11-30        Anfang nächster Woche
de-DE  12-25        nächsten Monat
de-DE  2027-03-31   bis Ende Q1
de-DE  2027-03-31   Ende Q1
de-DE  2027-01-31   im Januar
de-DE  2027-01-31   bis Januar
de-DE  11-30        bis Montag, 30.11.
de-DE  ?            bis Dienstag, 30.11.
de-DE  11-27        bis Freitagmittag
de-DE  11-27        bis Freitag 12 Uhr
de-DE  11-27        bis zum Wochenende
de-DE  11-27        vor dem Wochenende
de-DE  2027-03-28   bis Ostern
de-DE  12-15        bis zum Fünfzehnten
de-DE  12-15        am Fünfzehnten
de-DE  2027-01-06   in sechs Wochen
de-DE  12-25        in einem Monat
"""


@pytest.mark.parametrize("row", [line for line in TO_COME.splitlines() if line])
def test_a_day_to_come(row: str) -> None:
    """What something is due by."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale, past=False) == expected(said)
