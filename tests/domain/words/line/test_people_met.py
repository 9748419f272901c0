"""The people a line says were met, however it says so."""

from datetime import date

import pytest

from bot.domain.words.line.directory import Directory
from bot.domain.words.matching import Candidate
from bot.domain.words.understanding import understand_engagement

NAMES = (
    *(
        "Globex",
        "Initech",
        "Three Otters",
        "Northgate Hospital Trust",
        "Müller Maschinenbau GmbH",
        "Stadtwerke Kassel",
        "Kestrel Rail",
    ),
    *("Contoso - Europe", "Smith & Wray", "Vélo Sud", "さくら銀行", "بنك المدينة", "בנק הגליל"),
)
CUSTOMERS = Directory([Candidate(number, name) for number, name in enumerate(NAMES)])
WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("locale", "typed", "customer", "people"),
    [
        ("en-GB", "Globex yesterday, met Sarah Jones and Bob Smith, renewal looks fine", "Globex", ("Sarah Jones", "Bob Smith")),
        ("en-GB", "Had lunch with Peter O'Toole at Globex on Friday. He wants more seats", "Globex", ("Peter O'Toole",)),
        (
            "en-GB",
            "Saw Dr. Amina bin Rashid and Prof. Kurt Weiss at Northgate Hospital Trust yesterday",
            "Northgate Hospital Trust",
            ("Dr. Amina bin Rashid", "Prof. Kurt Weiss"),
        ),
        (
            "en-GB",
            "Globex yesterday - Jane Doe (CFO) and Tom (IT) - unhappy about billing",
            "Globex",
            ("Jane Doe (CFO)", "Tom (IT)"),
        ),
        (
            "en-GB",
            "met the head of procurement and two engineers at Initech this morning",
            "Initech",
            ("head of procurement", "two engineers"),
        ),
        ("en-GB", "Jan from Globex called yesterday, line is down", "Globex", ("Jan",)),
        ("en-GB", "Maria Lopez, COO of Initech, yesterday: wants a pilot", "Initech", ("Maria Lopez (COO)",)),
        ("en-GB", "spoke with Globex's new finance director yesterday", "Globex", ("new finance director",)),
        ("en-GB", "Globex, yesterday, w/ Anna Schmidt + Carl: pricing", "Globex", ("Anna Schmidt", "Carl")),
        ("en-GB", "Visited Kestrel Rail with their ops manager Dave Hill on Monday", "Kestrel Rail", ("ops manager Dave Hill",)),
        (
            "en-GB",
            "Lunch with Dame Helen Ashworth, chair of Kestrel Rail, last Tuesday",
            "Kestrel Rail",
            ("Dame Helen Ashworth (chair)",),
        ),
        ("en-GB", "Initech Monday - their CTO is leaving", "Initech", ()),
        (
            "en-GB",
            "Three Otters yesterday. Present: Amy Pond, Rory Williams and the Doctor. All well",
            "Three Otters",
            ("Amy Pond", "Rory Williams", "Doctor"),
        ),
        ("en-GB", "yesterday i met joe and the site manager at globex they want more trucks", "Globex", ("joe", "site manager")),
        ("en-GB", "Called by Ludwig van Beethoven of Globex on Friday", "Globex", ("Ludwig van Beethoven",)),
        ("en-GB", "Globex on Friday, sat down with VP Engineering Lisa Chang", "Globex", ("VP Engineering Lisa Chang",)),
        ("en-GB", "Globex yesterday: Jan says they will leave", "Globex", ("Jan",)),
        ("en-GB", "Quick call w Mike @ Globex this morning re invoices", "Globex", ("Mike",)),
        ("en-GB", "Initech (Jane Doe, John Smith) yesterday", "Initech", ("Jane Doe", "John Smith")),
        ("en-GB", "their CEO and the CFO at Globex joined yesterday", "Globex", ("CEO", "CFO")),
        ("en-GB", "Globex with <@U12|maria.s> and <@U13|tom> yesterday", "Globex", ("maria.s", "tom")),
        ("en-GB", "Breakfast with Sir Geoffrey de Havilland of Initech today", "Initech", ("Sir Geoffrey de Havilland",)),
        ("en-GB", "Globex: talked to procurement yesterday", "Globex", ("procurement",)),
        ("en-GB", "Globex CFO yesterday: unhappy", "Globex", ("CFO",)),
        ("en-GB", "I was at Initech on Monday and talked to Rebecca Stone, she loves it", "Initech", ("Rebecca Stone",)),
        (
            "de-DE",
            "Gestern Müller Maschinenbau, Herr Schmidt und Frau Dr. Krause waren dabei, alles bestens",
            "Müller Maschinenbau GmbH",
            ("Herr Schmidt", "Frau Dr. Krause"),
        ),
        ("de-DE", "Bei Globex gestern Peter Lustig getroffen, er will kündigen", "Globex", ("Peter Lustig",)),
        (
            "de-DE",
            "Gespräch mit Werksleiter Karl-Heinz Vogt und Einkäuferin Maria Lang bei Initech am Montag",
            "Initech",
            ("Werksleiter Karl-Heinz Vogt", "Einkäuferin Maria Lang"),
        ),
        ("de-DE", "Globex gestern, Gesprächspartner: Anna Beck, Uwe Kranz", "Globex", ("Anna Beck", "Uwe Kranz")),
        (
            "de-DE",
            "Gestern mit der Geschäftsführerin von Stadtwerke Kassel telefoniert",
            "Stadtwerke Kassel",
            ("Geschäftsführerin",),
        ),
        ("de-DE", "Jan Peters von Globex hat gestern angerufen, Rechnung falsch", "Globex", ("Jan Peters",)),
        (
            "de-DE",
            "Globex am Freitag, dabei waren Frau Lehmann, Herr Otto und der Betriebsrat",
            "Globex",
            ("Frau Lehmann", "Herr Otto", "Betriebsrat"),
        ),
        ("de-DE", "ihr Vertriebsleiter bei Globex gestern meinte alles gut", "Globex", ("Vertriebsleiter",)),
        ("de-DE", "Traf gestern den IT-Leiter der Stadtwerke Kassel", "Stadtwerke Kassel", ("IT-Leiter",)),
        ("de-DE", "Stadtwerke Kassel gestern: Treffen mit OB Schuster", "Stadtwerke Kassel", ("OB Schuster",)),
        ("de-DE", "Mittagessen mit Prof. Dr. Eva von Stein (Initech) gestern", "Initech", ("Prof. Dr. Eva von Stein",)),
        ("fr-FR", "Vu Mme Dupont et M. Martin chez Vélo Sud hier", "Vélo Sud", ("Mme Dupont", "M. Martin")),
        ("fr-FR", "Vélo Sud hier, rencontré le directeur commercial", "Vélo Sud", ("directeur commercial",)),
        ("es-ES", "Ayer comí con Juan Pérez y la directora de Globex", "Globex", ("Juan Pérez", "directora")),
        ("ja-JP", "さくら銀行の佐藤様と昨日面談", "さくら銀行", ("佐藤様",)),
        ("ar-EG", "قابلت أحمد علي في بنك المدينة أمس", "بنك المدينة", ("أحمد علي",)),
        ("he-IL", "נפגשתי עם יוסי כהן מבנק הגליל אתמול", "בנק הגליל", ("יוסי כהן",)),
    ],
)
def test_everybody_met_is_named(locale: str, typed: str, customer: str, people: tuple[str, ...]) -> None:
    """By name, title or role, in lists and brackets, before the company and after it; and the customer isn't one of them."""
    said = understand_engagement(typed, today=WEDNESDAY, locale=locale, customers=CUSTOMERS)
    assert said.customer.winner is not None
    assert (said.customer.winner.candidate.name, said.contacts) == (customer, people)


@pytest.mark.parametrize(
    "typed",
    [
        "Globex yesterday: they struggle with Excel and hate the new portal",
        "Globex with great pleasure",
        "Three Otters yesterday, happy with the new Windows setup",
        "Globex: sent the report to their CFO",
        "Globex yesterday, workshop at Kestrel Rail cancelled",
        "Globex gestern: Rundgang bei bestem Wetter",
    ],
)
def test_nobody_is_made_up(typed: str) -> None:
    """Things, pleasure and whom something was merely sent to were not met."""
    said = understand_engagement(typed, today=WEDNESDAY, locale="en-GB", customers=CUSTOMERS)
    assert said.contacts == ()


def test_colleagues_are_known_in_small_letters() -> None:
    """A colleague's whole name is one though it has no capitals."""
    staff = Directory([Candidate(1, "Jane Doe", ("jane@firm.example", "Jane"))])
    said = understand_engagement(
        "globex yesterday with jane doe they want More", today=WEDNESDAY, locale="en-GB", customers=CUSTOMERS, people=staff
    )
    assert said.contacts == ("jane doe",)
