"""Spanish words of days."""

from __future__ import annotations

from bot.domain.words.days.kinds import Kind

_NUMBERS = (
    "uno=1, dos=2, tres=3, cuatro=4, cinco=5, seis=6, siete=7, ocho=8, nueve=9, diez=10, once=11, doce=12, trece=13"
    ", catorce=14, quince=15"
    ", dieciséis=16, diecisiete=17, dieciocho=18, diecinueve=19, veinte=20, veintiuno|veintiún=21, veintidós=22"
    ", veintitrés=23, veinticuatro=24"
    ", veinticinco=25, veintiséis=26, veintisiete=27, veintiocho=28, veintinueve=29, treinta=30, treinta y uno=31, cuarenta=40"
)

WORDS = {
    Kind.MONTH: "enero|ene=1, febrero|feb=2, marzo=3, abril|abr=4, mayo=5, junio|jun=6, julio|jul=7, agosto=8, septiembre"
    "|setiembre|sept|sep=9"
    ", octubre|oct=10, noviembre|nov=11, diciembre|dic=12",
    Kind.MAYBE_MONTH: "ago=8, mar=3, may=5",
    Kind.WEEKDAY: "lunes=0, martes=1, miércoles=2, jueves=3, viernes=4, sábado=5, domingo=6",
    Kind.MAYBE_WEEKDAY: "lun=0, mié|mier=2, jue=3, vie=4, sáb=5, dom=6",
    Kind.RELATIVE: "hoy|el día de hoy=0, ayer|anoche|el día de ayer=-1, anteayer|antier|antes de ayer|antenoche|anteanoche"
    "|antiayer=-2, trasanteayer=-3"
    ", pasado mañana=2, mañana|el día de mañana=1",
    Kind.PART: "por la mañana|por la tarde|por la noche|en la mañana|en la tarde|en la noche|al mediodía|a mediodía|de la mañana"
    "|de la tarde|temprano|tarde"
    "|a primera hora|a última hora|mediodía|de madrugada|por la mañanita|noche|a media mañana|a media tarde=0",
    Kind.TODAYS_PART: "esta mañana|esta tarde|esta noche|este mediodía|ahora mismo|hace un rato|hace un momento|hace rato=0",
    Kind.UNIT: "día|días=0, semana|semanas|sem=1, mes|meses=2, trimestre|trimestres=3, año|años=4, fin de semana|finde=5"
    ", días hábiles|día hábil|días laborables=6"
    ", hora|horas|minuto|minutos|media hora=7, quincena=8",
    Kind.ARTICLE: "un|una=1",
    Kind.NUMBER: _NUMBERS,
    Kind.NTH: "primero=1",
    Kind.LAST: "pasado|pasada|último|última|anterior",
    Kind.NEXT: "próximo|próxima|siguiente",
    Kind.COMING: "que viene|que entra|entrante",
    Kind.THIS: "este|esta|presente|actual|en curso",
    Kind.BEFORE_LAST: "antepasado|antepasada|anterior al pasado|penúltimo|penúltima|anterior a la pasada",
    Kind.AFTER_NEXT: "que viene no el otro|subsiguiente",
    Kind.AGO: "atrás|antes",
    Kind.AGO_BEFORE: "hace|hará",
    Kind.IN: "en|dentro de|de aquí a|en los próximos|en un plazo de",
    Kind.FEW: "unos|unas|algunos|algunas|varios|varias|unos cuantos|unas cuantas|un par de|pocos|pocas|unos pocos",
    Kind.ABOUT: "casi|aproximadamente|cerca de|más de|más o menos|como|alrededor de",
    Kind.VAGUE: "el otro día|hace poco|recientemente|últimamente|hace tiempo|hace un tiempo|hace mucho|estos días"
    "|estos últimos días|un día de estos|entre semana"
    "|hace poco tiempo|la otra semana|hace días|hace semanas|un día",
    Kind.SOMETIME: "pronto|próximamente",
    Kind.EDGE: "principios de|a principios de|inicio de|inicios de|a inicios de|a principio de|comienzos de|a comienzos de"
    "|al principio de=1"
    ", mediados de|a mediados de=2, fin de|fines de|a fines de|final de|finales de|a finales de|a final de"
    "|al final de|el fin de|el final de=3",
    Kind.DONE_BY: "fin del día|el fin del día|final del día|el final del día",
    Kind.SHORT_EDGE: "",
    Kind.QUARTER: "t1|q1|primer trimestre=1, t2|q2|segundo trimestre=2, t3|q3|tercer trimestre=3, t4|q4|cuarto trimestre=4",
    Kind.WEEK_NUMBER: "semana número|sem no",
    Kind.ON: "el|durante|para|este mismo",
    Kind.THE: "el|la|los|las",
    Kind.OF: "de|del|de la|de los",
    Kind.AT: "a las|a la|sobre las|hacia las|desde las",
    Kind.BY: "antes del|antes de|antes de la|hasta el|hasta|para el|para|para la|a más tardar|a más tardar el|vence|vence el"
    "|como máximo el|antes del día",
    Kind.DUE_AFTER: "a más tardar|como máximo|como muy tarde",
    Kind.WEEK_OF: "semana del|la semana del",
    Kind.SINCE: "desde|desde el|a partir de|a partir del",
    Kind.FROM: "entre|entre el|del|desde",
    Kind.TO: "al|a|hasta",
    Kind.UNTIL: "",
    Kind.AND: "y|e|y el",
    Kind.OR: "o|o el|u",
    Kind.NO: "no|perdón|digo|quiero decir|mejor dicho|o sea|no perdón|en realidad|corrijo|más bien|no digo|sino|sino el|eh no"
    "|disculpa",
    Kind.NOT: "no|no el",
    Kind.NO_DAY: "señor|señora|sr|sra|don|doña|cada|todos los|todas las|por|los|black|buen|ningún",
    Kind.EARLY: "apenas",
    Kind.FOLLOWER: "con|en|a|para|estuve|estuvimos|fui|fuimos|vi|vimos|visité|visita|reunión|llamada|hablé|hablamos|y|por|me|nos"
    "|comida|almuerzo|cena|se|quieren"
    "|está|están|muy|de",
    Kind.DAY_MARK: "día",
    Kind.OTHER: "mon|on|a|an|second|sun|sat|wed|march|some|me",
}
