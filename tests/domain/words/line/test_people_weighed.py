"""People told of in no one phrase, by first names, roles and where they stand; and what is no person though it looks like one."""

from datetime import date

import pytest

from bot.domain.words.line.directory import Directory
from bot.domain.words.matching import Candidate
from bot.domain.words.understanding import understand_engagement

NAMES = (
    "Globex",
    "Initech",
    "Three Otters",
    "Northgate Hospital Trust",
    "Müller Maschinenbau GmbH",
    "Stadtwerke Kassel",
    "Kestrel Rail",
    "Smith & Wray",
    "Vélo Sud",
    "さくら銀行",
    "東京精機",
    "بنك المدينة",
    "בנק הגליל",
    "Boulangerie Midi",
    "Bodegas Luna",
)
CUSTOMERS = Directory([Candidate(number, name) for number, name in enumerate(NAMES)])
WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("locale", "typed", "people"),
    [
        ("en-GB", "Globex yesterday, Karen in accounts wants paper invoices", ("Karen",)),
        ("en-GB", "Initech on Tuesday. Chatted to Marge, who runs the canteen", ("Marge",)),
        ("en-GB", "Kestrel Rail this morning - the station master was grumpy", ("station master",)),
        ("en-GB", "Globex Monday: bumped into the new head of IT, Ravi Menon", ("Ravi Menon (head of IT)",)),
        ("en-GB", "spoke to reception at Initech yesterday, boss away", ("reception",)),
        ("en-GB", "Peter (Globex) emailed this morning, wants a credit note", ("Peter",)),
        ("en-GB", "Globex today: Sarah, the new buyer, is tough", ("Sarah",)),
        ("en-GB", "Globex's Dave showed me the new line yesterday", ("Dave",)),
        ("en-GB", "Globex yesterday - saw the boss, he's selling up", ("boss",)),
        ("en-GB", "Three Otters with Pieter-Jan yesterday", ("Pieter-Jan",)),
        ("en-GB", "Met two of the partners at Smith & Wray today", ("two of the partners",)),
        ("en-GB", "Initech's CTO, Ben Lowe, called me this morning", ("Ben Lowe (CTO)",)),
        ("en-GB", "Call this morning. Globex. Anita Rao. Wants a discount.", ("Anita Rao",)),
        ("en-GB", "Northgate Hospital Trust, ward sister Mary Quill walked me round on Monday", ("ward sister Mary Quill",)),
        ("en-GB", "Gave Tom at Initech a demo on Monday", ("Gave Tom",)),
        ("en-GB", "Initech lunch Friday (Sue, Max, their lawyer)", ("Sue", "Max", "lawyer")),
        ("en-GB", "sat next to Globex's chairman at a dinner on Thursday", ("chairman",)),
        ("en-GB", "globex yesterday with sarah and mike from ops", ("sarah", "mike")),
        ("en-GB", "globex, yesterday, spoke to jenny, she hates the app", ("jenny",)),
        ("en-GB", "Globex, Mrs. D. Pereira-Lopes, 19 Nov, renewal", ("Mrs. D. Pereira-Lopes",)),
        ("en-GB", "Initech yesterday, Ahmed & Yusuf from the night shift are fed up", ("Ahmed", "Yusuf")),
        ("en-GB", "Globex on the 18th. Attended: me, Wendy Chu, Carlos. Fine.", ("Wendy Chu", "Carlos")),
        ("en-GB", "Globex yesterday, introduced to the incoming CEO Marta Ruiz", ("incoming CEO Marta Ruiz",)),
        ("en-GB", "Globex 18 Nov, Kim's on maternity leave, covered by Lou Sands", ("Lou Sands",)),
        ("en-GB", "Heard from Globex's treasurer today", ("treasurer",)),
        ("en-GB", "Globex's finance lady rang yesterday", ("finance lady",)),
        ("en-GB", "Talked shop with Zsuzsanna over at Initech this afternoon", ("Zsuzsanna",)),
        ("en-GB", "Initech, 17/11, chair of governors Pam Ayres chaired", ("chair of governors Pam Ayres",)),
        ("en-GB", "Initech yesterday w/ procurement + legal", ("procurement", "legal")),
        ("de-DE", "Globex gestern, Karin aus der Buchhaltung will Papierrechnungen", ("Karin",)),
        ("de-DE", "Initech am Dienstag, mit dem Pförtner geredet", ("Pförtner",)),
        ("de-DE", "Globex gestern - Susanne hat mir die neue Linie gezeigt", ("Susanne",)),
        ("de-DE", "Susanne bei Globex angerufen, gestern, Rechnung fehlt", ("Susanne",)),
        ("de-DE", "gestern globex mit peter und der chefin", ("peter", "chefin")),
        ("de-DE", "Initech heute, Juniorchef fand die Demo gut", ("Juniorchef",)),
        ("de-DE", "Initech Montag: Betriebsleiterin zufrieden, Lager voll", ("Betriebsleiterin",)),
        ("de-DE", "Globex heute: Ansprechpartnerin Jutta Wolf, bestellt mehr", ("Jutta Wolf",)),
        ("de-DE", "Kaffee mit Jürgen (Globex) gestern", ("Jürgen",)),
        ("de-DE", "Müller Maschinenbau gestern, Herr Müller selbst war da", ("Herr Müller",)),
        ("de-DE", "Müller Maschinenbau gestern, Sohn Kevin führt jetzt den Betrieb", ("Sohn Kevin",)),
        ("de-DE", "Stadtwerke Kassel vorgestern: OB und Kämmerer dabei, Haushalt knapp", ("OB", "Kämmerer")),
        ("de-DE", "Initech am 18.11. Frau Özil meinte, das Portal hängt", ("Frau Özil",)),
        ("de-DE", "Globex heute Mittag mit Lisa, Tom, Frau Beck zusammengesessen", ("Lisa", "Tom", "Frau Beck")),
        ("de-DE", "Globex: Vertriebsleiter Nord Uwe Timm rief gestern an", ("Vertriebsleiter Nord Uwe Timm",)),
        ("de-DE", "Heute Globex, Hausmeisterin lässt grüßen", ("Hausmeisterin",)),
        ("de-DE", "Globex am Freitag, Schichtleiter Ahmet und zwei Kollegen gesprochen", ("Schichtleiter Ahmet", "zwei Kollegen")),
        ("de-DE", "Initech gestern; Thomas will mehr Lizenzen", ("Thomas",)),
        (
            "de-DE",
            "Initech, Mittwoch letzte Woche, Besprechung mit Hr. Yıldız und seiner Nachfolgerin",
            ("Hr. Yıldız", "Nachfolgerin"),
        ),
        ("fr-FR", "Vélo Sud hier, Jean-Pierre veut un rabais", ("Jean-Pierre",)),
        ("fr-FR", "Vu Sophie et Karim chez Boulangerie Midi ce matin", ("Sophie", "Karim")),
        ("fr-FR", "Boulangerie Midi hier avec la gérante, four en panne", ("gérante",)),
        ("fr-FR", "Vélo Sud lundi : Mme Lefèvre mécontente des délais", ("Mme Lefèvre",)),
        ("fr-FR", "Déjeuner avec le directeur de Vélo Sud hier", ("directeur",)),
        ("fr-FR", "Appel hier avec Luc Besson (Vélo Sud)", ("Luc Besson",)),
        ("es-ES", "Bodegas Luna ayer, reunión con Marta y el enólogo", ("Marta", "enólogo")),
        ("es-ES", "Comida con el Sr. García de Bodegas Luna el lunes", ("Sr. García",)),
        ("es-ES", "Hablé con la jefa de compras de Bodegas Luna ayer", ("jefa de compras",)),
        ("es-ES", "Ayer vi a Lucía Gómez en Bodegas Luna", ("Lucía Gómez",)),
        ("ja-JP", "さくら銀行の鈴木さんと昨日会った", ("鈴木さん",)),
        ("ja-JP", "昨日、東京精機の山本社長と佐々木課長を訪問", ("山本社長", "佐々木課長")),
        ("ja-JP", "昨日さくら銀行で担当の高橋様とお会いした", ("高橋様",)),
        ("ja-JP", "11月18日 東京精機、購買部の中村さんから値下げの依頼", ("中村さん",)),
        ("ar-EG", "اجتمعت مع المهندس سامي من بنك المدينة أمس", ("المهندس سامي",)),
        ("ar-EG", "بنك المدينة أمس، قابلت مدير المشتريات", ("مدير المشتريات",)),
        ("ar-EG", "مكالمة مع الدكتور خالد في بنك المدينة اليوم", ("الدكتور خالد",)),
        ("he-IL", "בנק הגליל אתמול עם דנה לוי", ("דנה לוי",)),
    ],
)
def test_people_are_found_where_no_phrase_leads_to_them(locale: str, typed: str, people: tuple[str, ...]) -> None:
    """A first name, a role, a title, what is told of them and where they stand add up."""
    assert understand_engagement(typed, today=WEDNESDAY, locale=locale, customers=CUSTOMERS).contacts == people


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("en-GB", "visited Kestrel Rail, drivers and guards all moaning"),
        ("en-GB", "Kestrel Rail yesterday, new MD starts in January"),
        ("en-GB", "Initech Friday, Aunt Jemima brand is being dropped"),
        ("en-GB", "Northgate on Friday, consultants angry about parking"),
        ("en-GB", "Globex yesterday, Paris office closing"),
        ("en-GB", "Globex yesterday, Victoria line delays"),
        ("en-GB", "Globex Monday, Will their plant close? unclear"),
        ("en-GB", "Initech yesterday: Jordan project on hold"),
        ("en-GB", "Initech yesterday - Austin data centre down"),
        ("en-GB", "Globex today, discussed Jira, Slack and Teams"),
        ("en-GB", "Globex Tuesday: asked for Microsoft Entra support"),
        ("en-GB", "Initech Wed w the whole team"),
        ("de-DE", "Stadtwerke Kassel, neuer Chef kommt im Januar"),
        ("de-DE", "Globex gestern, Monteure alle krank"),
        ("de-DE", "Werk Kassel von Globex besucht, gestern, Band 3 steht"),
        ("de-DE", "Globex gestern, Halle Nord kalt, Tor klemmt"),
        ("de-DE", "Globex, gestern, Gerüchte über Siemens und Bosch"),
    ],
)
def test_places_products_groups_and_the_absent_are_nobody(locale: str, typed: str) -> None:
    """Neither are colleagues who promise something, nor those who are merely talked about."""
    assert understand_engagement(typed, today=WEDNESDAY, locale=locale, customers=CUSTOMERS).contacts == ()
