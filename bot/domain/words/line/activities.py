"""Words for what people do with customers, what they say, and what a line is headed with: never a new customer's name."""

from __future__ import annotations

from bot.domain.words.line.common import listed

ACTIVITIES = listed(
    "visit visits visited visiting call calls called calling meeting meetings met meet chat chats chatted talk talks talked spoke speak speaking"
    " spoken lunch dinner breakfast coffee tea beer drinks drink workshop workshops demo demos tour toured walk review reviews sync catchup catch"
    " check checkin session sessions briefing debrief kickoff kick conference assembly event events trip phone phoned rang voicemail email mail"
    " mailed conversation discussion discussed presentation presented pitch interview training onsite site quick short brief long great good nice"
    " bad super lovely productive tough difficult interesting useful friendly weekly monthly quarterly annual regular joint follow followup update"
    " updates summary notes note minutes recap feedback popped dropped stopped got back heard went seen saw sat had wrote learned lots listened"
    " happy unhappy angry pleased annoyed fine ok okay slow fast everything everyone everybody nobody somebody someone mood people team all"
    " onboarding renewal pricing contract invoice invoices delivery deliveries support project projects plans planned important urgent fyi reminder"
    " morning afternoon evening rain sunny traffic late early big small problem problems issue issues complaint complaints question questions"
    " besuch besuche besucht besuchen termin termine gesprach gesprache gesprochen telefonat telefonate telefon telefoniert anruf angerufen treffen"
    " getroffen meeting kaffee getrunken mittagessen abendessen essen gegessen fruhstuck bier rundgang vorfuhrung schulung messe besprechung"
    " sitzung sitzungen erstgesprach begehung abnahme vorstellung jause erstkontakt jour fixe rucksprache austausch workshop"
    " quartalsgesprach jahresgesprach kurzer kurzes kurze guter gutes gute netter nettes nette schoner"
    " schones schones langer langes tolles toller tolle schwieriges schwieriger gestartet geredet zufrieden unzufrieden verargert stimmung laune"
    " alles gut alle niemand wichtig dringend notiz notizen zusammenfassung ruckmeldung nachtrag info problem probleme beschwerde"
    " visite visites appel appels reunion rendez rencontre dejeuner diner cafe petit entretien visitee bon bonne tres rapide"
    " visita visitas llamada reunion comida cena desayuno charla encuentro visite tome buena buen rapida"
    " 訪問 電話 会議 面談 打ち合わせ زياره اجتماع مكالمه פגישה ביקור שיחה"
)
SAYING = listed(
    "about are because has he i is it its im ive need needs said says she takes take they theyre want wanted wants was we went were will would"
    " told tells ask asks asked think thinks thought like likes love loves hate hates complain complained complains mention mentioned"
    " promised agreed should could can cannot cant dont doesnt didnt isnt arent wont youre you"
    " sagt sagte sagen meint meinte wollen will wollte wunscht braucht brauchen mochte mochten findet finden klagt beschwert ist sind war waren"
    " hat haben wir ich sie er versprochen zugesagt"
    " veut veulent dit disent est sont ont quiere quieren dice dicen es son"
)
TOPICS = listed(
    "thema themen topic topics note notes notiz notizen date datum subject betreff agenda result results ergebnis fazit summary"
    " next steps action actions sujet tema fecha remark remarks where wo when wann who wer"
    " people attendees participants teilnehmer teilnehmerin teilnehmerinnen"
)
"""Headings within a line: what comes after them is no name of theirs."""

LABELS = listed(
    "neu neukunde neukundin neukontakt new contact customer client account prospect lead neuer"
    " neue neues kontakt kunde kundin interessent nouveau nouvelle nuevo nueva cliente"
    " contacto customers accounts company firma visit call log"
)
"""Headings such as “New customer:”, after which the name comes."""

MEETING = listed(
    "met meet meeting saw seen spoke spoken speak talked talk chat chatted sat lunch dinner breakfast coffee tea beer drinks call called phone phoned"
    " rang visit visited visiting workshop demo tour walk review sync session briefing conversation joined hosted popped dropped stopped caught catch"
    " gesprochen geredet getroffen traf trafen treffen termin gesprach telefonat telefoniert telefon angerufen besucht besuch kaffee mittagessen"
    " essen abendessen rundgang vu rencontre visite dejeuner rendez reunion appel hable hablado visite comida cafe llamada war waren was were been"
    " went assembly event visita lunchtime"
)
"""Words that tell of a meeting, in whose clause “with” is followed by people and a day is the day of it."""
