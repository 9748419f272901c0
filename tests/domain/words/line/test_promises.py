"""Commitments in running text: what is found, and what is nobody's or somebody else's."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.words.line.promises import find_promises
from bot.domain.words.promise_words import understand_promise

_TODAY = date(2026, 11, 25)
"""A Wednesday."""

_ENGLISH = [
    ("Globex yesterday, promised the price list by Friday", "me>the price list>2026-11-27"),
    ("Globex: I promised Clara a site visit by Monday", "me>a site visit>2026-11-30"),
    ("Promised to send them the audit report by 4 December", "me>send them the audit report>2026-12-04"),
    ("we promised that Jan would call their CFO by Friday", "Jan>call their CFO>2026-11-27"),
    ("We'll ship the spare parts by Monday", "me>ship the spare parts>2026-11-30"),
    (
        "we will ship the spare parts by Monday and Clara will call them on Friday",
        "me>ship the spare parts>2026-11-30|Clara>call them>2026-11-27",
    ),
    ("Great meeting. I'll send over the contract tomorrow", "me>send over the contract>2026-11-26"),
    ("told them we'd fix the login by next Friday", "me>fix the login>2026-12-04"),
    ("told their CFO that Omar would send the SLA by Friday", "Omar>send the SLA>2026-11-27"),
    ("I said I would get back to them by Monday", "me>get back to them>2026-11-30"),
    ("will get back to them by Friday", "me>get back to them>2026-11-27"),
    ("invoices wrong again, will get back to them by Friday", "me>get back to them>2026-11-27"),
    ("Committed to a pilot by 15 December", "me>a pilot>2026-12-15"),
    ("we committed to deliver the pilot by 15 December", "me>deliver the pilot>2026-12-15"),
    ("I owe them a revised quote by Friday", "me>a revised quote>2026-11-27"),
    ("we owe the client an answer on pricing by Monday", "me>an answer on pricing>2026-11-30"),
    ("Action: Jan to send the deck by Friday", "Jan>send the deck>2026-11-27"),
    (
        "Actions: Jan to send the deck by Friday, Priya to call their CFO by Monday",
        "Jan>send the deck>2026-11-27|Priya>call their CFO>2026-11-30",
    ),
    ("todo: send the deck by Friday", "me>send the deck>2026-11-27"),
    ("TODO send the deck by Friday", "me>send the deck>2026-11-27"),
    ("Next step: demo for the board by 4 December", "me>demo for the board>2026-12-04"),
    (
        "Next steps:\n- send the deck by Friday\n- Omar: fix portal by Monday",
        "me>send the deck>2026-11-27|Omar>fix portal>2026-11-30",
    ),
    (
        "next steps 1. send the deck by Friday 2. Omar fixes the portal by Monday",
        "me>send the deck>2026-11-27|Omar>fixes the portal>2026-11-30",
    ),
    ("1) new quote by Friday 2) Omar to fix portal by Monday", "me>new quote>2026-11-27|Omar>fix portal>2026-11-30"),
    ("Agreed to send them the fee table before 15 December", "me>send them the fee table>2026-12-15"),
    ("They were promised a refund by Monday", "me>a refund>2026-11-30"),
    ("refund promised by Monday", "me>refund>2026-11-30"),
    ("@Jan to send the report by Friday", "Jan>send the report>2026-11-27"),
    ("<@U02AB3|noah.k> will send them the report by Friday", "noah.k>send them the report>2026-11-27"),
    ("Mood good. Send new samples by Friday.", "me>Send new samples>2026-11-27"),
    ("I need to send them the new samples by Friday", "me>send them the new samples>2026-11-27"),
    ("promised them a demo by Friday and a price list by Monday", "me>a demo>2026-11-27|me>a price list>2026-11-30"),
    ("promised a demo, the price list and a call back by Friday", "me>a demo, the price list and a call back>2026-11-27"),
    ("Promised a discount.", "me>a discount>None"),
    ("promised a demo by Friday they were very happy", "me>a demo>2026-11-27"),
    ("By Friday we'll send the new contract", "me>send the new contract>2026-11-27"),
    ("They'll get the new contract from us by Friday", "me>the new contract>2026-11-27"),
    ("Jan takes care of the broken gate by Monday", "Jan>takes care of the broken gate>2026-11-30"),
    ("Jan is going to call them on Monday", "Jan>call them>2026-11-30"),
    ("It's on us to fix the scanner by Friday", "me>fix the scanner>2026-11-27"),
    ("took an action to review their contract by Monday", "me>review their contract>2026-11-30"),
    ("gave them my word to replace the pump by Friday", "me>replace the pump>2026-11-27"),
    ("we're sending a technician on Monday", "me>sending a technician>2026-11-30"),
    ("I have to call their CFO back tomorrow", "me>call their CFO back>2026-11-26"),
    ("our CFO will call theirs by Friday", "our CFO>call theirs>2026-11-27"),
    ("they complained about delays so I promised a credit note by Monday", "me>a credit note>2026-11-30"),
    ("guaranteed delivery by 1 Dec", "me>delivery>2026-12-01"),
    ("PROMISED THE REPORT BY FRIDAY", "me>THE REPORT>2026-11-27"),
    ("priya will send them the route data by friday", "priya>send them the route data>2026-11-27"),
    ("they asked if we deliver on Sundays, I promised to check by Friday", "me>check>2026-11-27"),
    ("Follow up with pricing by Friday", "me>Follow up with pricing>2026-11-27"),
    ("follow-up: Jan to share roadmap by Monday", "Jan>share roadmap>2026-11-30"),
    ("met with Ana. We promised Ana the training plan by Friday.", "me>the training plan>2026-11-27"),
    ("Promised 2 things: new labels by Friday; a visit by Monday", "me>new labels>2026-11-27|me>a visit>2026-11-30"),
    ("Jan promised them a fix by Friday.", "Jan>a fix>2026-11-27"),
    ("Globex yesterday. Jan promised them a fix by Friday.", "Jan>a fix>2026-11-27"),
    ("Acme this morning. Told the buyer I'd send samples by next Friday.", "me>send samples>2026-12-04"),
    ("Acme: Peter will look into the outage and report back by Monday", "Peter>look into the outage and report back>2026-11-30"),
    ("promised we would waive the fee for December", "me>waive the fee for December>None"),
    ("We have agreed to replace the unit within two weeks", "me>replace the unit>2026-12-09"),
    ("said I'd have an answer by Friday", "me>have an answer>2026-11-27"),
    ("promised Jane Doe a roadmap session by the end of the month", "me>a roadmap session>2026-11-30"),
    ("I'll follow up with legal by Friday, they are nervous", "me>follow up with legal>2026-11-27"),
    ("commitment: new portal by 1 Dec", "me>new portal>2026-12-01"),
    ("our side: fix invoices by Friday", "me>fix invoices>2026-11-27"),
    ("follow ups - Jan: pricing by Friday, me: contract by Monday", "Jan>pricing>2026-11-27|me>contract>2026-11-30"),
    (
        "(1) we send the draft by Friday (2) Omar calls their CFO by Monday",
        "me>send the draft>2026-11-27|Omar>calls their CFO>2026-11-30",
    ),
    ("a) draft by Friday b) call with CFO by Monday", "me>draft>2026-11-27|me>call with CFO>2026-11-30"),
    ("We are going to install the sensors by 4 Dec", "me>install the sensors>2026-12-04"),
    ("I have promised them weekly reports from Monday", "me>weekly reports>2026-11-30"),
    ("Need to get the contract to them by Friday", "me>get the contract to them>2026-11-27"),
    ("Sarah agreed to send them the numbers by Friday, nice chat", "Sarah>send them the numbers>2026-11-27"),
    ("good chat, Sarah to call the CFO tomorrow", "Sarah>call the CFO>2026-11-26"),
    ("pls remind me to send the deck by Friday", "me>send the deck>2026-11-27"),
    ("we've promised a response by COB Friday", "me>a response>2026-11-27"),
    ("promise made: refund by Friday", "me>refund>2026-11-27"),
    ("We undertook to repair the roof before Christmas", "me>repair the roof>2026-12-25"),
    ("I gave my word that we'd deliver by Friday", "me>deliver>2026-11-27"),
    ("Jan has promised to get them a loaner by Monday, fine", "Jan>get them a loaner>2026-11-30"),
    ("they want a demo, we'll do it on Friday", "me>do it>2026-11-27"),
    ("Delivery late again. Promised to escalate.", "me>escalate>None"),
    ("I'm on the hook for a new plan by Monday", "me>a new plan>2026-11-30"),
    ("ops will call them by Friday", "ops>call them>2026-11-27"),
    ("I promised the CFO to be back by Friday with numbers", "me>be back with numbers>2026-11-27"),
    (
        "1. Send brochure by Friday\n2. Ana to book the demo by 1 Dec\n3. Call back on Monday",
        "me>Send brochure>2026-11-27|Ana>book the demo>2026-12-01|me>Call back>2026-11-30",
    ),
    ("promised the matron two extra nurses by Monday", "me>two extra nurses>2026-11-30"),
    ("We will be sending a crew by Friday", "me>be sending a crew>2026-11-27"),
    ("They're waiting on our quote, due Friday. Will send it tomorrow.", "me>send it>2026-11-26"),
]
_NONE_ENGLISH = [
    "Call with hargreaves on Tuesday, mood good",
    "Visit Globex on Monday: fine",
    "promised nothing",
    "We promised nothing.",
    "no promises made",
    "made no promises",
    "I didn't promise anything",
    "nothing promised, just listened",
    "they promised us the data by Friday",
    "They promised to send the data by Monday",
    "he will send us the list by Friday",
    "she'll get back to us by Monday",
    "their CFO will send us the numbers by Friday",
    "if we would send the deck by Friday they'd sign",
    "they want us to send the report by Friday",
    "asked us to send the report by Friday",
    "would we send the report by Friday?",
    "can we deliver by Friday?",
    "They asked whether we will deliver by Friday",
    "they hope we'll deliver by Friday",
    "The customer will decide by Friday",
    "they said they'd decide by Friday",
    "Globex to decide by Friday",
    "we'll see",
    "we will see them again on Monday",
    "if they sign we'll send the kit by Friday",
    "We'll send the kit by Friday if they sign",
    "no commitments",
    "todo: none",
    "next steps: nothing",
    "visited yesterday, all good",
    "they will be live by Friday",
    "they owe us a signed contract by Friday",
    "delivery promised to us by Friday",
    "Mr Hale will send his numbers by Friday",
    "budget to be decided by Friday",
    "they need the report by Friday",
    "we should meet more often",
    "we need to get better at billing",
    "They think we'll raise prices by January",
    "we agreed on nothing",
    "agreed a price of 5",
    "met Ana on Monday. Ana will send the data by Friday",
    "their promise: data by Friday",
    "we were promised a decision by Friday",
    "it will rain by Friday",
    "we won't raise prices before June",
    "spoke about the demo on Friday",
    "contract ends by Friday",
    "they send us everything by Monday",
    "Would like the deck by Friday",
    "we may send the report by Friday",
    "we could send the report by Friday",
    "they committed to a pilot by Friday",
    "beds still short on ward 4",
    "they agreed to sign by Friday",
    "the board will review by Friday",
    "Their promise: data by Friday",
]
_GERMAN = [
    ("Globex gestern, Angebot bis Freitag zugesagt", "me>Angebot>2026-11-27"),
    ("Ich habe ihnen das Angebot bis Freitag versprochen", "me>das Angebot>2026-11-27"),
    ("Wir haben versprochen, das Angebot bis Freitag zu schicken", "me>das Angebot zu schicken>2026-11-27"),
    ("habe zugesagt, dass wir die Muster bis Montag liefern", "me>die Muster liefern>2026-11-30"),
    ("zugesagt: Muster bis Montag", "me>Muster>2026-11-30"),
    ("versprochen wurde eine Schulung bis Montag", "me>eine Schulung>2026-11-30"),
    ("wir schicken bis Freitag die Muster", "me>schicken die Muster>2026-11-27"),
    ("Bis Freitag schicken wir die Muster", "me>schicken die Muster>2026-11-27"),
    ("ich melde mich bis Montag", "me>melde mich>2026-11-30"),
    ("melde mich bis Montag bei Frau Klein", "me>melde mich bei Frau Klein>2026-11-30"),
    ("gestern da. Jan kümmert sich um den Zugang bis Freitag", "Jan>kümmert sich um den Zugang>2026-11-27"),
    ("gestern da, Jan kümmert sich bis Freitag um den Zugang", "Jan>kümmert sich um den Zugang>2026-11-27"),
    ("War da; das Angebot schickt Tom bis Montag", "Tom>das Angebot schickt>2026-11-30"),
    (
        "nächste Schritte: Tom schickt die Daten bis Montag, wir prüfen den Vertrag bis Freitag",
        "Tom>schickt die Daten>2026-11-30|me>prüfen den Vertrag>2026-11-27",
    ),
    ("To-do: Angebot bis Freitag", "me>Angebot>2026-11-27"),
    ("Nächster Schritt: Termin mit Technik bis 4. Dezember", "me>Termin mit Technik>2026-12-04"),
    ("Angebot schicken bis Freitag", "me>Angebot schicken>2026-11-27"),
    ("Bis Freitag Angebot schicken", "me>Angebot schicken>2026-11-27"),
    ("Wir werden den Fehler bis Montag beheben", "me>den Fehler beheben>2026-11-30"),
    ("Netz hakt, wir müssen bis Freitag die Rechnung korrigieren", "me>die Rechnung korrigieren>2026-11-27"),
    ("wir schulden ihnen eine Antwort bis Montag", "me>eine Antwort>2026-11-30"),
    ("Aufgabe: Lena soll Herrn Vogt bis Freitag anrufen", "Lena>Herrn Vogt anrufen>2026-11-27"),
    ("1) Angebot bis Freitag 2) Lena prüft den Vertrag bis Montag", "me>Angebot>2026-11-27|Lena>prüft den Vertrag>2026-11-30"),
    ("Wir haben ihnen eine Demo zugesagt", "me>eine Demo>None"),
    ("Ihnen wurde ein Rückruf bis Freitag zugesagt", "me>ein Rückruf>2026-11-27"),
    ("Schicke das Protokoll bis Freitag", "me>Schicke das Protokoll>2026-11-27"),
    ("Stimmung gut und wir liefern die Muster bis Montag", "me>liefern die Muster>2026-11-30"),
    ("ich habe gesagt, wir liefern die Muster bis Montag", "me>liefern die Muster>2026-11-30"),
    ("verspreche ihnen die Zahlen bis Freitag", "me>die Zahlen>2026-11-27"),
    ("ich verspreche ihnen die Zahlen bis Freitag", "me>die Zahlen>2026-11-27"),
    ("sie bekommen von uns bis Freitag ein Angebot", "me>bekommen von uns ein Angebot>2026-11-27"),
    ("Muster folgen bis Montag", "me>Muster folgen>2026-11-30"),
    ("Ersatzteil bis Freitag versprochen, Stimmung gut", "me>Ersatzteil>2026-11-27"),
    ("wir sagten ihnen ein Ersatzgerät bis Montag zu", "me>ein Ersatzgerät>2026-11-30"),
    ("vereinbart, dass Tom die Daten bis Montag schickt", "Tom>die Daten schickt>2026-11-30"),
    ("Kunde unzufrieden; habe Gutschrift bis Freitag zugesagt", "me>Gutschrift>2026-11-27"),
    ("Haben Nachlieferung bis Montag zugesichert", "me>Nachlieferung>2026-11-30"),
    ("Ich kümmere mich bis Freitag um den Vertrag", "me>kümmere mich um den Vertrag>2026-11-27"),
    ("wir melden uns nächste Woche mit einem Angebot", "me>melden uns mit einem Angebot>2026-12-02"),
    ("Offen: Preisliste bis Freitag, Peter ruft sie Montag an", "me>Preisliste>2026-11-27|Peter>ruft sie an>2026-11-30"),
    ("Maßnahmen: Lena – Schulungsplan bis Freitag", "Lena>Schulungsplan>2026-11-27"),
    (
        "erstens schicken wir das Protokoll bis Freitag, zweitens klärt Tom den Zugang bis Montag",
        "me>schicken das Protokoll>2026-11-27|Tom>klärt den Zugang>2026-11-30",
    ),
    ("Zusage gegeben: Liefertermin 4. Dezember", "me>Liefertermin>2026-12-04"),
    ("Ich muss bis morgen den Vertrag nachreichen", "me>den Vertrag nachreichen>2026-11-26"),
    ("Sie hätten gern Muster, die schicken wir bis Freitag", "me>die schicken>2026-11-27"),
    ("Frau Lorenz das Konzept bis Monatsende versprochen", "me>Frau Lorenz das Konzept>2026-11-30"),
    ("Guter Termin. Markus wird den Bericht bis Freitag schicken", "Markus>den Bericht schicken>2026-11-27"),
    ("Rückmeldung von uns bis Freitag", "me>Rückmeldung von uns>2026-11-27"),
    ("wir reichen die Unterlagen bis Montag nach", "me>reichen die Unterlagen nach>2026-11-30"),
    ("Versprochen haben wir ein neues Angebot bis Freitag", "me>ein neues Angebot>2026-11-27"),
    ("Ich hab versprochen dass wir bis Montag antworten", "me>antworten>2026-11-30"),
    ("Weber AG heute: Muster kommen bis Freitag, zugesagt", "me>Muster kommen>2026-11-27"),
    ("Gestern Nordhain, habe Frau Klein zugesagt, bis Montag ein Angebot zu schicken", "me>ein Angebot zu schicken>2026-11-30"),
    ("Gestern Nordhain. Ich habe Herrn Vogt einen Termin bis Freitag versprochen", "me>Herrn Vogt einen Termin>2026-11-27"),
    ("Wir haben zugesagt das Angebot bis Freitag nachzubessern", "me>das Angebot nachzubessern>2026-11-27"),
    ("Stadtwerke, Montag: Tom soll bis Freitag die Zahlen liefern", "Tom>die Zahlen liefern>2026-11-27"),
    ("Stadtwerke, Montag: Tom meldet sich bis Freitag bei ihnen", "Tom>meldet sich bei ihnen>2026-11-27"),
    ("Stadtwerke, Montag. Tom macht bis Freitag ein Angebot", "Tom>macht ein Angebot>2026-11-27"),
    ("Stadtwerke gestern, Angebot geht bis Freitag raus", "me>Angebot geht raus>2026-11-27"),
    ("Stadtwerke gestern, ich schick ihnen das Protokoll bis Freitag", "me>schick ihnen das Protokoll>2026-11-27"),
    ("Stadtwerke gestern, schicken morgen das Protokoll", "me>schicken das Protokoll>2026-11-26"),
    ("Stadtwerke gestern. Wir schicken morgen das Protokoll", "me>schicken das Protokoll>2026-11-26"),
    ("Stadtwerke gestern. Lieferung bis Ende der Woche versprochen", "me>Lieferung>2026-11-27"),
    ("Stadtwerke gestern, versprochen dass der Techniker bis Freitag kommt", "me>der Techniker kommt>2026-11-27"),
    ("Stadtwerke gestern, wir haben bis 15.12. eine Lösung versprochen", "me>eine Lösung>2026-12-15"),
    (
        "Stadtwerke gestern: 1. Tom prüft Rechnung bis Freitag 2. wir liefern Ersatz bis 1.12.",
        "Tom>prüft Rechnung>2026-11-27|me>liefern Ersatz>2026-12-01",
    ),
    (
        "Stadtwerke gestern: 1) ich rufe Lorenz bis Freitag an, 2) Lena schickt Muster bis Montag",
        "me>rufe Lorenz an>2026-11-27|Lena>schickt Muster>2026-11-30",
    ),
    ("Stadtwerke gestern, Lena übernimmt die Reklamation bis Montag", "Lena>übernimmt die Reklamation>2026-11-30"),
    ("Stadtwerke gestern, die Reklamation übernimmt Lena bis Montag", "Lena>die Reklamation übernimmt>2026-11-30"),
    (
        "Stadtwerke gestern. Bis Freitag bekommt Frau Klein von uns die Preisliste",
        "me>bekommt Frau Klein von uns die Preisliste>2026-11-27",
    ),
    ("Stadtwerke gestern. Habe mich verpflichtet den Bericht bis Montag zu liefern", "me>den Bericht zu liefern>2026-11-30"),
    (
        "Stadtwerke gestern. Lena Vogt kümmert sich bis 30. November um die Zähler",
        "Lena Vogt>kümmert sich um die Zähler>2026-11-30",
    ),
    ("Stadtwerke gestern, Zusage: neue Zähler bis 30. November", "me>neue Zähler>2026-11-30"),
    (
        "Stadtwerke gestern, neue Zähler bis 30. November zugesagt, Demo bis Freitag versprochen",
        "me>neue Zähler>2026-11-30|me>Demo>2026-11-27",
    ),
    (
        "Stadtwerke gestern, neue Zähler bis 30. November und eine Demo bis Freitag zugesagt",
        "me>neue Zähler>2026-11-30|me>eine Demo>2026-11-27",
    ),
    ("Stadtwerke gestern. Wir haben einen Rückruf zugesagt", "me>einen Rückruf>None"),
    ("Stadtwerke gestern, werde bis Freitag den Vertrag prüfen", "me>den Vertrag prüfen>2026-11-27"),
    ("Stadtwerke gestern, werden bis Freitag den Vertrag prüfen", "me>den Vertrag prüfen>2026-11-27"),
    ("Stadtwerke gestern, muss ihnen bis Freitag den Vertrag schicken", "me>ihnen den Vertrag schicken>2026-11-27"),
    ("Stadtwerke gestern, @Jan Angebot bis Freitag", "Jan>Angebot>2026-11-27"),
    ("Stadtwerke gestern, Jan bereitet bis Freitag eine Demo vor", "Jan>bereitet eine Demo vor>2026-11-27"),
    ("Stadtwerke gestern, Jan stellt bis Freitag die Unterlagen zusammen", "Jan>stellt die Unterlagen zusammen>2026-11-27"),
    ("Stadtwerke gestern. Bitte bis Freitag Angebot schicken", "me>Angebot schicken>2026-11-27"),
    ("Stadtwerke gestern, gebe bis Freitag Bescheid", "me>gebe Bescheid>2026-11-27"),
    ("Stadtwerke gestern, wir geben ihnen bis Freitag Bescheid", "me>geben ihnen Bescheid>2026-11-27"),
    ("Stadtwerke gestern, nächste Woche schicken wir die Verträge", "me>schicken die Verträge>2026-12-02"),
    ("Stadtwerke gestern, wir kommen am 3. Dezember wieder mit dem Prototyp", "me>kommen wieder mit dem Prototyp>2026-12-03"),
]
_NONE_GERMAN = [
    "Stadtwerke gestern, sie melden sich bis Freitag",
    "Stadtwerke gestern, Termin am 3. Dezember",
    "Stadtwerke gestern, Vertrag läuft bis Ende Dezember",
    "Stadtwerke gestern, Herr Vogt entscheidet bis Freitag",
    "Stadtwerke gestern, Kunde will bis Freitag Angebot",
    "Stadtwerke gestern, sie brauchen bis Freitag die Zahlen",
    "Stadtwerke gestern, Vogt: will bis Freitag Zahlen",
    "Stadtwerke gestern, wir haben nichts zugesagt",
    "Stadtwerke gestern, kein Versprechen abgegeben",
    "Stadtwerke gestern, Lager ist bis Freitag voll",
    "Stadtwerke gestern, die Leitung ist bis Montag gesperrt",
    "Stadtwerke gestern, sie haben versprochen, bis Freitag zu zahlen",
    "Stadtwerke gestern, versprochen haben sie uns die Daten bis Freitag",
    "Stadtwerke gestern, Bestellung bis Freitag von ihnen zugesagt",
    "Stadtwerke gestern, mit Frau Klein gesprochen. Frau Klein schickt die Daten bis Freitag",
    "Stadtwerke gestern, mit Peter Klein gesprochen. Peter prüft das bis Freitag",
    "Stadtwerke gestern, vielleicht schicken wir bis Freitag was",
    "Stadtwerke gestern, sie fragten, wann wir liefern",
    "Stadtwerke gestern, Öffnungszeiten bis Montag geändert",
    "Alpenglas am Nationalfeiertag besucht",
    "Markus wird den Bericht bis Freitag schicken",
    "nichts versprochen",
    "nichts zugesagt, nur zugehört",
    "Sie haben uns die Daten bis Freitag versprochen",
    "er hat zugesagt, bis Freitag zu unterschreiben",
    "Kunde hat Zahlung bis Freitag zugesagt",
    "sie schicken uns die Liste bis Montag",
    "Können wir bis Freitag liefern?",
    "sie wollen, dass wir bis Freitag liefern",
    "wenn wir bis Freitag liefern, unterschreiben sie",
    "Frau Klein schickt uns die Liste bis Montag",
    "uns wurde eine Entscheidung bis Freitag zugesagt",
    "keine Zusagen",
    "sie entscheiden bis Freitag",
    "Vorstand entscheidet bis Freitag",
    "haben gefragt, ob wir bis Freitag liefern",
    "Reederei will bis Freitag Festpreis",
    "Herr Vogt meldet sich bis Freitag bei uns",
    "wir waren bis Freitag im Werk",
    "Einkauf schickt die Bestellung bis Montag",
    "die Kundin meldet sich bis Freitag",
    "Lieferung kommt nicht bis Freitag",
    "sie erwarten bis Freitag eine Antwort",
    "wir sollen bis Freitag liefern",
    "wir könnten bis Freitag liefern",
]
_FRENCH = [
    ("J'ai promis le devis avant vendredi", "me>le devis>2026-11-27"),
    ("nous avons promis d'envoyer le devis avant vendredi", "me>envoyer le devis>2026-11-27"),
    ("on va envoyer le devis avant vendredi", "me>envoyer le devis>2026-11-27"),
    ("je leur envoie le devis avant vendredi", "me>leur envoie le devis>2026-11-27"),
    ("vu hier. Jan s'occupe du contrat avant vendredi", "Jan>s'occupe du contrat>2026-11-27"),
    ("à faire : envoyer le devis avant vendredi", "me>envoyer le devis>2026-11-27"),
    ("nous enverrons le devis avant vendredi", "me>enverrons le devis>2026-11-27"),
    ("rien promis", ""),
    ("ils nous ont promis une réponse avant vendredi", ""),
    ("ils veulent qu'on envoie le devis avant vendredi", ""),
]
_SPANISH = [
    ("Prometí la oferta antes del viernes", "me>la oferta>2026-11-27"),
    ("hemos prometido enviar la oferta antes del viernes", "me>enviar la oferta>2026-11-27"),
    ("vamos a enviar la oferta antes del viernes", "me>enviar la oferta>2026-11-27"),
    ("quedamos en enviar la oferta antes del viernes", "me>enviar la oferta>2026-11-27"),
    ("visto ayer. Jan se encarga del contrato antes del viernes", "Jan>se encarga del contrato>2026-11-27"),
    ("enviaremos la oferta antes del viernes", "me>enviaremos la oferta>2026-11-27"),
    ("no prometí nada", ""),
    ("nos prometieron una respuesta antes del viernes", ""),
    ("quieren que enviemos la oferta antes del viernes", ""),
]


def _said(line: str, locale: str) -> str:
    found = find_promises(line, today=_TODAY, locale=locale)
    return "|".join(f"{one.owner or 'me'}>{one.what}>{one.due}" for one in found)


@pytest.mark.parametrize(
    ("locale", "line", "wanted"),
    [
        (locale, *row)
        for locale, rows in (("en-GB", _ENGLISH), ("de-DE", _GERMAN), ("fr-FR", _FRENCH), ("es-ES", _SPANISH))
        for row in rows
    ],
)
def test_a_commitment_is_found_wherever_it_stands(locale: str, line: str, wanted: str) -> None:
    """With who will keep it, what, and the day it is due."""
    assert _said(line, locale) == wanted


@pytest.mark.parametrize(
    ("locale", "line"), [(locale, line) for locale, lines in (("en-GB", _NONE_ENGLISH), ("de-DE", _NONE_GERMAN)) for line in lines]
)
def test_what_nobody_here_promised_is_none(locale: str, line: str) -> None:
    """Theirs, wishes, questions, guesses, what hangs on an “if”, and “promised nothing”."""
    assert _said(line, locale) == ""


@pytest.mark.parametrize(
    ("line", "owner", "what"),
    [
        ("Met them. Jan to send the report by Friday", "Jan", "send the report"),
        ("Wir waren da. Tom schickt die Tourdaten bis Montag", "Tom", "schickt die Tourdaten"),
        ("I'll send the report by Friday", "", "send the report"),
    ],
)
def test_a_commitment_as_a_line_is_read_again_as_the_same(line: str, owner: str, what: str) -> None:
    """The form holds lines, and saving reads them."""
    (found,) = find_promises(line, today=_TODAY, locale="de-DE")
    again = understand_promise(found.line, today=_TODAY, locale="de-DE", people=(), customers=())
    assert (again.owner_words.removeprefix("@"), again.what, again.due) == (owner, what, found.due)


def test_where_the_day_stands_is_told() -> None:
    """So that it isn't taken for the day of the visit."""
    line = "Globex, promised the report by Friday, mood good"
    (found,) = find_promises(line, today=_TODAY, locale="en-GB")
    assert line[found.due_start : found.due_end] == "by Friday"
    assert "promised the report by Friday" in line[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    ["", "\0", "promised", "1) 2) 3)", "@: by Friday", "by Friday by Friday", "Todo:", "<@U1|>", "promised " * 500, "a, " * 2_000],
)
def test_any_text_is_read(text: str) -> None:
    """Without an error, and no more than ten are found."""
    assert len(find_promises(text, today=_TODAY, locale="en-GB")) <= 10
