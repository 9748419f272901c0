"""The first day that is said in whole lines, on Wednesday, 25 November 2026: ? where it asks, 11-25 where no day is said."""

import pytest

from tests.domain.words.days.said import days, expected

LINES = """
en-GB  11-24        Quick call with Acme yday arvo, they're annoyed about the 3rd invoice
en-GB  11-23        met the Acme lot Monday lunch, 12 of them, good food
en-GB  11-25        Acme: 3/4 of users on v2.1 now, remaining 1/4 by March
en-GB  11-25        Acme rang about invoice 2026-113, wants a credit note
en-GB  11-20        Fri 20th Acme, 2 of 5 sites live
en-GB  ?            Acme sometime last week, nothing new
en-GB  11-25        Acme may not renew, CFO leaves in March
en-GB  11-25        popped into Acme, second floor is being refurbished
en-GB  11-19        Acme Thursday, kickoff for phase 2 is in January
en-GB  11-25        just left Acme. They launch on 1 December.
en-GB  11-24        Acme yesterday: go-live moved from 30 Nov to 14 Dec
en-GB  11-17        Acme on Tues 17th re pricing
en-GB  11-24        Acme on Tuesday re pricing
en-GB  11-20        as discussed last Friday with Acme, they want a demo
en-GB  ?            Acme next week, need slides
en-GB  ?            Acme on 2 Dec, prep call
en-GB  11-25        Coffee w/ Acme's new CTO (started 1 Nov). Wants roadmap.
en-GB  11-10        10th Nov - Acme - QBR
en-GB  11-10        10/11 Acme QBR
en-US  10-11        10/11 Acme QBR
en-US  11-10        Acme QBR 11/10
en-US  11-10        Nov 10: Acme QBR
en-US  11-25        Acme wants 24/7 support and a 99.9 SLA
en-US  11-25        Acme: 9/10 on the NPS
en-US  11-25        Acme - 1/2 price offer refused
en-US  11-21        Acme Sat am, site walk
en-US  11-22        Acme on Sunday: outage review
en-US  11-24        lunch at Acme y'day w/ Bob
en-US  11-25        Acme 2pm call, short
en-US  11-24        Acme Tue 2pm call, short
en-US  11-24        Acme yesterday at 4:30, CFO joined late
en-US  11-11        Acme two weeks ago today
en-US  11-18        exactly a week ago we saw Acme
en-US  11-18        Acme one week ago
en-US  ?            Acme a couple weeks ago
en-US  ?            Acme a few weeks back
en-US  10-30        Oct 30 Acme
en-US  11-04        Acme on the 4th at noon
en-US  11-04        Acme (11/4) w/ Jane
en-US  11-04        Acme 11-04-2026
en-US  ?            Acme Thursday the 20th
en-US  11-20        Acme Friday the 20th
en-US  11-23        Acme this Monday
en-US  11-16        Acme Monday of last week
en-US  11-16        Acme, a week ago Monday
en-US  11-12        Acme two Thursdays ago
en-US  ?            Acme over the weekend
en-US  11-24        Acme, last night at the game
en-US  11-25        Acme today 9-10am
en-US  11-17        Acme Nov 17-18
en-US  11-17        Acme 11/17-11/18
en-US  11-25        earlier today Acme
en-US  11-25        10 minutes ago Acme called
en-US  11-25        Acme — Q4 pipeline review, 3 deals slipped to Q1
en-US  11-25        Acme renewal is up in 6 weeks, Jim nervous
en-US  11-25        Acme asked for a 30 day extension
en-US  11-25        Acme's 2026 budget is cut by 12 percent
en-US  11-25        Acme has been a customer since 2019
en-US  11-24        yesterday we saw Acme and they said last week was terrible
en-US  11-23        on Monday Acme told me they'd sign next Friday
en-US  11-24        No, not Monday, Acme was Tuesday
en-US  11-24        Acme Monday - correction: Tuesday
en-GB  11-25        Spoke to May at Acme about June's order
en-GB  11-25        April from Acme rang, wants the deck
en-GB  11-24        April from Acme rang yesterday
en-GB  11-25        Acme: room 3/4 booked
en-GB  11-25        Acme: Jan is out, use Augusta
en-GB  11-25        Acme: sun shining, mood good
en-GB  11-25        Acme: they march to their own drum
en-GB  11-25        Acme: wed to their old system
en-GB  11-25        Acme: one second thoughts about price
en-GB  11-25        Acme: 20 to 25 licences
en-GB  11-25        Acme: order 20.11.5 missing
en-GB  11-25        Acme: call 020 7946 0958
en-GB  11-25        Acme: delivery every Friday
en-GB  11-25        Acme: Black Friday plans unclear
en-GB  11-25        Acme: Christmas stock late
en-GB  11-25        Acme: by Friday they decide
en-GB  11-25        Acme: no change till Easter
en-GB  11-05        Acme, Bonfire Night drinks
en-GB  11-01        Acme Nov 1st
en-GB  11-01        Acme first of November
en-GB  11-02        Acme on the 2nd
en-GB  ?            Acme on the 31st of November
de-DE  11-24        Acme gestern Nachmittag, 3. Mahnung Thema
de-DE  11-25        Acme: 3. Quartal war schwach
de-DE  11-25        Acme: 2. Termin gut gelaufen
de-DE  11-25        Acme: Version 3.4 läuft, 2/3 der Nutzer zufrieden
de-DE  11-25        Acme: Vertrag läuft bis 31.12.
de-DE  11-25        Acme: Start am 1.12. geplant
de-DE  11-24        Acme gestern, Start am 1.12. geplant
de-DE  11-23        am Montag bei Acme, Termin am 3.12. vereinbart
de-DE  11-25        gerade bei Acme raus, alles gut
de-DE  11-25        heute um 10 bei Acme
de-DE  11-23        Montag früh Acme
de-DE  11-20        Freitag letzter Woche bei Acme
de-DE  ?            nächsten Montag bei Acme
de-DE  ?            Acme irgendwann letzte Woche
de-DE  ?            Acme Anfang November
de-DE  11-17        Di 17.11. Acme
de-DE  ?            Mi 17.11. Acme
de-DE  11-17        17.11. Acme: Quartalsgespräch
de-DE  11-17        Acme am siebzehnten
de-DE  11-13        Acme letzten Freitag vor einer Woche
de-DE  11-25        Acme: 10 bis 12 Leute im Raum
de-DE  11-25        Acme: 24/7 Hotline gewünscht
de-DE  11-25        Acme: so geht das nicht, mo und di kommen sie
de-DE  11-25        die Acme will den Mai abwarten
de-DE  11-25        Acme: Sommer war gut
de-DE  11-25        Acme: Herr Freitag war dabei
de-DE  11-25        Acme: Frau Sonntag unzufrieden
de-DE  11-11        Acme vor zwei Wochen
de-DE  11-25        Acme seit zwei Wochen offline
de-DE  11-25        Acme: in zwei Wochen neue Preise
de-DE  ?            Acme in zwei Wochen
de-DE  11-24        Acme gestern um 14 Uhr 30
de-DE  11-24        Acme, gestern abend, Essen mit dem Vorstand
de-DE  11-21        Acme Samstag Messe
de-DE  ?            Acme 31.11.
de-DE  11-25        Acme: Montagehalle steht still
de-DE  11-25        Acme: jeden Montag Jour fixe
de-DE  11-25        Acme: am Montagband gibt es Ausfälle
de-DE  11-25        Acme: Budget für 2027 steht
de-DE  11-25        Acme: morgens immer Stau an der Rampe
de-DE  11-25        Guten Morgen, Acme hat angerufen
de-DE  11-18        Acme Mi letzte Woche
de-DE  11-25        Acme: Paragraph 3.2 strittig
de-DE  11-25        Acme: 3,5 Mio Umsatz
de-DE  11-25        Acme: Halle 3.4 undicht
de-DE  11-16        Acme Montag vor einer Woche
de-DE  11-17        vorletzten Dienstag Acme
de-DE  11-09        vorletzte Woche Montag Acme
"""


@pytest.mark.parametrize("row", [line for line in LINES.splitlines() if line])
def test_the_first_day_of_a_line(row: str) -> None:
    """What something costs, counts, is called or is due by is no day of a visit."""
    locale, said, text = row.split(maxsplit=2)
    assert (days(text, locale) or ["11-25"])[:1] == expected(said)
