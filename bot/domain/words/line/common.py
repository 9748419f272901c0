"""Words that are names only where they stand like one: small words, days, numbers, and what companies call themselves."""

from __future__ import annotations

from bot.domain.words.matching import fold


def listed(text: str) -> frozenset[str]:
    """Words as they are compared."""
    return frozenset(word for one in text.split() for word in fold(one).split())


SMALL = listed(
    "a an and are as at be been but by can could did do does down for from get gets got had has have he her here him his how i if in into is it"
    " its just last left let like lot made make may me mine more most much must my near new next no nobody none nor not nothing now of off on"
    " once one only onto open or other others our out over own quite re really s said same saw say says see seen she should since so some"
    " soon still such t than that the their them then there they this to too under until up us use very via was way we well went were what"
    " when where which who why will with within without would yes yet you your first second third best total target direct general"
    " ab aber alle allem alles als also am an auch auf aus bei beim bin bis bitte da dabei dann das dass dem den der des die dies diese doch"
    " dort du ein eine einem einen einer er es etwas euch fur gab ganz gar gehen geht gut hab habe haben hat hatte hatten hier ich ihm ihn ihr"
    " ihre im in ins ist ja jetzt kann kein keine kurz man mehr mein mich mir mit muss nach nicht nichts noch nun nur ob oder ohne schon sehr"
    " sein seine seit sich sie sind so soll sowie um uns unser unter viel vom von vor war waren was weil wenn wer werden wie wieder will wir"
    " wird wo wurde zu zum zur zwischen"
    " au aux avec bien ce ces cet chez dans de des deux du elle en est et il ils je la le les leur lui mais ne nous on ou par pas plus pour"
    " pres qu que qui sa sans se ses son sont sur tres tout un une vu"
    " al algo como con cual de del desde donde el ella en entre era es esta este estuve fue ha hay la las lo los mas me mi muy no nos o para"
    " pero por que quieren se si sin sobre son su sus un una y ya"
    " http https www com org net"
)
WEEKDAYS = listed(
    "today tonight yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday heute gestern"
    " vorgestern morgen montag dienstag mittwoch donnerstag freitag samstag sonntag hier demain hoy ayer manana week last next woche"
)
DAYS = listed(
    "today tonight yesterday tomorrow day days week weeks weekend month months quarter year years morning noon afternoon evening night"
    " fortnight ago past previous spring summer autumn fall winter easter christmas"
    " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun"
    " january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
    " heute gestern vorgestern morgen ubermorgen tag tage woche wochen wochenende monat monate jahr jahre quartal fruh vormittag mittag"
    " nachmittag abend nacht montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so fruhling sommer herbst"
    " januar janner februar marz mai juni juli oktober dezember ostern weihnachten"
    " hier aujourdhui demain jour semaine mois an annee matin midi soir nuit lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier"
    " mars avril juin juillet aout septembre octobre novembre decembre"
    " hoy ayer anteayer manana dia semana mes ano tarde noche lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril"
    " mayo junio julio agosto septiembre octubre noviembre diciembre"
    " اليوم امس غدا يوم الخميس الجمعه السبت الاحد الاثنين الثلاثاء الاربعاء היום אתמול מחר יום שני שלישי רביעי חמישי שישי שבת ראשון"
)
NUMBERS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred"
    " thousand million null eins ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf zwanzig hundert tausend"
    " un deux trois quatre cinq six sept huit neuf dix uno dos tres cuatro cinco seis siete ocho nueve diez תלת"
)
PLAIN = listed(
    "bank banks hospital hospitals trust council school schools university college clinic hotel hotels resort resorts store stores shop"
    " home house office street park centre center station plant site lunch coffee dinner phone call visit meeting water energy power food foods"
    " air rail railway line lines bus road city town county north south east west blue green red white black grand big little high low"
    " product products service services solution solutions system systems tech technology digital data media press news times post group"
    " holding holdings partner partners international global national american european bikes board team family health care insurance foundation"
    " gruppe klinik klinikum krankenhaus spital schule verlag werk werke stadt land haus markt bau technik handel dienst"
    " hopital banque ecole societe transports clinica banco hermanos autobuses شركه بنك مستشفي مستشفى دار مكتبه בנק בית חולים"
    " pricing price prices order orders support sales audit route network cloud security"
)
"""Words in the names of so many that one alone names somebody only where a name belongs."""

TITLES = listed(
    "dr prof mr mrs ms miss mister sir dame lady lord herr herrn frau hr fr mag ing dipl m mme mlle sr sra srta don dona st saint"
)
WEAK = SMALL | DAYS | NUMBERS | TITLES
"""Words that alone never stand for a longer name that has them."""


def tricky(form: str) -> bool:
    """Tell whether a customer's whole name is a word, number or letter that mostly means something else."""
    return form in WEAK or len(form) == 1 or form.isdigit()
