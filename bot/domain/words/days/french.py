"""French words of days."""

from __future__ import annotations

from bot.domain.words.days.kinds import Kind

_NUMBERS = (
    "deux=2, trois=3, quatre=4, cinq=5, six=6, sept=7, huit=8, neuf=9, dix=10, onze=11, douze=12, treize=13"
    ", quatorze=14, quinze=15, seize=16"
    ", dix sept=17, dix huit=18, dix neuf=19, vingt=20, vingt et un=21, vingt deux=22, vingt trois=23"
    ", vingt quatre=24, vingt cinq=25, vingt six=26"
    ", vingt sept=27, vingt huit=28, vingt neuf=29, trente=30, trente et un=31, une dizaine=10, une quinzaine=15, quarante=40"
)

WORDS = {
    Kind.MONTH: "janvier|janv|jan=1, février|févr|fév=2, avril|avr=4, juin=6, juillet|juil=7, août|aout=8, septembre|sept|sep=9"
    ", octobre|oct=10"
    ", novembre|nov=11, décembre|déc|dec=12",
    Kind.MAYBE_MONTH: "mars=3, mai=5",
    Kind.WEEKDAY: "lundi=0, mardi=1, mercredi|mercr=2, jeudi=3, vendredi|vendr=4, samedi=5, dimanche=6",
    Kind.MAYBE_WEEKDAY: "lun=0, mer=2, jeu=3, ven=4, sam=5, dim=6",
    Kind.RELATIVE: "aujourd'hui|ajd|auj|ajourd'hui|aujourdhui|ce jour=0, hier|hier soir=-1, avant hier|avanthier|avant hier soir=-2"
    ", demain=1"
    ", après demain|apres demain=2, avant avant hier=-3, la veille|cette nuit=-1",
    Kind.PART: "matin|midi|après midi|aprem|soir|soirée|nuit|matinée|dans la matinée|dans l'après midi|dans la soirée|au matin"
    "|à midi|au soir|le matin|le soir"
    "|l'après midi|en soirée|en matinée|en début d'après midi|en fin de journée|en fin d'après midi|en fin de matinée"
    "|tôt|de bonne heure=0",
    Kind.TODAYS_PART: "ce matin|ce midi|cet après midi|cet aprem|cet aprèm|ce soir|tout à l'heure|à l'instant|tantôt=0",
    Kind.UNIT: "jour|jours=0, semaine|semaines|sem=1, mois=2, trimestre|trimestres=3, an|ans|année|années=4, week end|weekend"
    "=5"
    ", jours ouvrés|jour ouvré|jours ouvrables=6, heure|heures|minute|minutes|demi heure=7, quinzaine=8",
    Kind.ARTICLE: "un|une=1",
    Kind.NUMBER: _NUMBERS,
    Kind.NTH: "premier|1er=1",
    Kind.LAST: "dernier|dernière|passé|passée|précédent|précédente|derniers",
    Kind.NEXT: "prochain|prochaine|suivant|suivante",
    Kind.COMING: "qui vient|à venir",
    Kind.THIS: "ce|cet|cette|courant|en cours",
    Kind.BEFORE_LAST: "d'avant|avant dernier|avant dernière|d'il y a deux semaines",
    Kind.AFTER_NEXT: "d'après|en huit=2",
    Kind.AGO: "plus tôt|auparavant",
    Kind.AGO_BEFORE: "il y a|y a|ya|ça fait|il ya",
    Kind.IN: "dans|d'ici|sous|en|dans les|dans un délai de",
    Kind.FEW: "quelques|plusieurs|une paire de|deux trois",
    Kind.ABOUT: "environ|à peu près|presque|plus de|vers|autour de|près de|bien",
    Kind.VAGUE: "l'autre jour|récemment|il y a peu|il y a quelque temps|dernièrement|il y a longtemps|l'autre semaine"
    "|ces jours ci|ces derniers jours"
    "|il y a un moment|un de ces jours|en semaine|il y a quelques temps|il y a pas longtemps|il y a peu de temps|un jour",
    Kind.SOMETIME: "bientôt|prochainement",
    Kind.EDGE: "début de|au début de|début|au début du|début du|en début de|au début=1, milieu de|mi|au milieu de|mi de"
    "|milieu du=2"
    ", fin de|la fin de|fin|à la fin de|fin du|la fin du|à la fin du|en fin de|la fin|fin de la|la fin de la=3",
    Kind.DONE_BY: "fin de journée|la fin de journée|la fin de la journée",
    Kind.SHORT_EDGE: "",
    Kind.QUARTER: "t1|q1|premier trimestre=1, t2|q2|deuxième trimestre=2, t3|q3|troisième trimestre=3, t4|q4|quatrième trimestre=4",
    Kind.WEEK_NUMBER: "semaine numéro|sem no",
    Kind.ON: "le|au|en date du|du|en|ce|à la|à|pour le|lors du",
    Kind.THE: "le|la|les|l'",
    Kind.OF: "de|du|de la|des|d'|de l'",
    Kind.AT: "à|vers|autour de|aux environs de",
    Kind.BY: "avant|avant le|d'ici|d'ici le|d'ici au|d'ici à|d'ici la|au plus tard|au plus tard le|pour|pour le|échéance|avant la",
    Kind.DUE_AFTER: "au plus tard",
    Kind.WEEK_OF: "semaine du|la semaine du",
    Kind.SINCE: "depuis|dès|à partir de|à partir du|à compter du|depuis le",
    Kind.FROM: "entre|entre le|du",
    Kind.TO: "au|à",
    Kind.UNTIL: "jusqu'à|jusqu'au|jusqu'à la",
    Kind.AND: "et|et le",
    Kind.OR: "ou|ou le|ou bien",
    Kind.NO: "non|pardon|je veux dire|plutôt|enfin|euh|euh non|non pardon|en fait|erreur|ou plutôt|non c'était|désolé|mais|mais le",
    Kind.NOT: "pas|non pas|pas le",
    Kind.NO_DAY: "mme|mlle|monsieur|madame|chaque|tous les|tout|par|bon|bonne|black|le vieux|aucun|les",
    Kind.EARLY: "dès",
    Kind.FOLLOWER: "avec|chez|à|au|pour|on|nous|je|il|elle|ils|elles|vu|rencontré|avons|ai|a|était|visite|et|dans|sur|par|réunion"
    "|appel|déjeuner|midi|j'ai|très"
    "|bon|bonne|rdv|point|en|de",
    Kind.DAY_MARK: "jour",
    Kind.OTHER: "mon|on|an|second|mar|sat|sun|wed|may|march|plus|bon|but|me",
}
