"""Days as they are said in French, Spanish, Japanese, Arabic and Hebrew, on Wednesday, 25 November 2026: ? where it asks, - for none."""

import pytest

from tests.domain.words.days.said import days, expected

GONE_BY = """
fr-FR  11-24        Globex hier soir
fr-FR  11-23        Globex avant-hier
fr-FR  11-23        Globex lundi dernier
fr-FR  11-17        Globex mardi de la semaine dernière
fr-FR  11-17        Globex la semaine dernière mardi
fr-FR  11-22        Globex il y a trois jours
fr-FR  11-11        Globex il y a deux semaines
fr-FR  11-18        Globex il y a huit jours
fr-FR  11-18        Globex il y a une semaine
fr-FR  ?            Globex il y a quelques jours
fr-FR  11-20        Globex le 20
fr-FR  11-20        Globex le 20 nov.
fr-FR  11-01        Globex le 1er novembre
fr-FR  11-01        Globex le premier novembre
fr-FR  11-13        Globex vendredi 13
fr-FR  11-13        Globex vendredi 13 novembre 2026
fr-FR  11-20        Globex le vingt novembre
fr-FR  11-17        Globex du 17 au 19 novembre
fr-FR  11-23        Globex lundi et mardi
fr-FR  11-25        Globex cet après-midi
fr-FR  11-24        Globex mardi matin
fr-FR  11-24        Globex mardi après-midi
fr-FR  ?            Globex ce week-end
fr-FR  ?            Globex le week-end dernier
fr-FR  ?            Globex le mois dernier
fr-FR  ?            Globex semaine 47
fr-FR  11-11        Globex le 11 novembre
fr-FR  07-14        Globex le 14 juillet
fr-FR  11-11        Globex l'Armistice
fr-FR  04-06        Globex lundi de Pâques
fr-FR  ?            Globex récemment
fr-FR  11-25        Globex aujourd’hui à 10h
fr-FR  11-24        Globex hier à 14h30
fr-FR  ?            Globex demain
fr-FR  ?            Globex lundi prochain
fr-FR  ?            Globex mardi en huit
fr-FR  11-24        Globex lundi, non mardi
fr-FR  11-20        Globex 20/11
fr-FR  11-20        Globex 20/11/2026
fr-FR  11-20        Globex 20.11.2026
fr-FR  ?            Globex l'autre jour
fr-FR  11-13        Globex vendredi d'il y a deux semaines
fr-FR  -            mon client Globex
fr-FR  -            on a vu Globex
fr-FR  11-19        Globex jeudi
fr-FR  11-22        Globex dimanche
fr-FR  ?            Globex fin octobre
es-ES  11-24        Globex ayer por la tarde
es-ES  11-23        Globex anteayer
es-ES  11-23        Globex antier
es-ES  11-24        Globex anoche
es-ES  11-23        Globex el lunes pasado
es-ES  11-23        Globex el pasado lunes
es-ES  11-17        Globex el martes de la semana pasada
es-ES  11-22        Globex hace tres días
es-ES  11-18        Globex hace una semana
es-ES  11-10        Globex hace 15 días
es-ES  11-11        Globex hace quince días
es-ES  ?            Globex hace unos días
es-ES  11-20        Globex el 20
es-ES  11-20        Globex el día 20
es-ES  11-20        Globex el 20 de noviembre
es-ES  11-20        Globex 20 nov
es-ES  11-20        Globex el veinte de noviembre
es-ES  11-13        Globex el viernes 13
es-ES  11-13        Globex viernes, 13 de noviembre de 2026
es-ES  11-17        Globex del 17 al 19 de noviembre
es-ES  11-23        Globex lunes y martes
es-ES  11-25        Globex esta mañana
es-ES  11-24        Globex ayer por la mañana
es-ES  ?            Globex mañana por la mañana
es-ES  11-23        Globex el lunes por la mañana
es-ES  ?            Globex el fin de semana
es-ES  ?            Globex el mes pasado
es-ES  ?            Globex semana 47
es-ES  10-12        Globex el día de la Hispanidad
es-ES  11-01        Globex en Todos los Santos
es-ES  ?            Globex el otro día
es-ES  ?            Globex recientemente
es-ES  11-25        Globex hoy a las 10
es-ES  11-24        Globex ayer a las 14:30
es-ES  ?            Globex el próximo lunes
es-ES  ?            Globex el lunes que viene
es-ES  ?            Globex la semana que viene
es-ES  11-24        Globex el lunes, digo el martes
es-ES  11-20        Globex 20/11
es-ES  11-20        Globex el 20-11-2026
es-ES  11-18        Globex el miercoles
es-ES  11-21        Globex sabado
es-ES  ?            Globex la semana antepasada
es-ES  ?            Globex a finales de octubre
es-ES  ?            Globex pasado mañana
ja-JP  11-17        東京精機 先週火曜日
ja-JP  11-17        東京精機 先週の火曜
ja-JP  11-18        東京精機 11月18日(水)
ja-JP  11-18        東京精機 11/18(水)
ja-JP  11-22        東京精機に三日前に訪問
ja-JP  11-22        東京精機 3日前
ja-JP  11-18        東京精機 1週間前
ja-JP  10-25        東京精機 一ヶ月前
ja-JP  11-20        東京精機 20日
ja-JP  11-20        東京精機 二十日
ja-JP  11-20        東京精機 十一月二十日
ja-JP  ?            東京精機 先々週
ja-JP  ?            東京精機 先日
ja-JP  10-20        東京精機 先月20日
ja-JP  10-20        東京精機 先月の20日
ja-JP  11-24        東京精機 昨日の午後
ja-JP  11-24        東京精機 昨日14時
ja-JP  11-23        東京精機 今週月曜
ja-JP  11-23        東京精機 月曜
ja-JP  11-20        東京精機 金曜に訪問
ja-JP  11-23        東京精機 おととい
ja-JP  11-25        東京精機 さっき電話
ja-JP  11-23        東京精機 勤労感謝の日
ja-JP  11-20        東京精機 令和8年11月20日
ja-JP  11-20        東京精機 2026/11/20
ja-JP  11-20        東京精機 １１月２０日
ja-JP  11-17        東京精機 11月17日から19日
ja-JP  11-17        東京精機 11月17日〜19日
ja-JP  ?            東京精機 来週月曜
ja-JP  ?            東京精機 週末
ja-JP  ?            東京精機 10月末
ja-JP  11-24        木村様 昨日
ja-JP  11-24        日本金属 昨日
ja-JP  11-24        東京精機 月曜日じゃなくて火曜日
ja-JP  -            毎週月曜に会う
ar-EG  11-24        شركة النيل يوم الثلاثاء الماضي
ar-EG  11-24        شركة النيل الثلاثاء
ar-EG  11-22        شركة النيل يوم الأحد
ar-EG  11-24        شركة النيل امبارح
ar-EG  11-23        شركة النيل أول امبارح
ar-EG  11-23        شركة النيل قبل يومين
ar-EG  11-22        شركة النيل منذ ثلاثة أيام
ar-EG  11-18        شركة النيل قبل أسبوع
ar-EG  10-25        شركة النيل قبل شهر
ar-EG  11-20        شركة النيل يوم ٢٠
ar-EG  11-20        شركة النيل ٢٠/١١
ar-EG  11-20        شركة النيل ٢٠/١١/٢٠٢٦
ar-EG  11-20        شركة النيل في ٢٠ نوفمبر ٢٠٢٦
ar-EG  11-25        شركة النيل هذا الصباح
ar-EG  11-24        شركة النيل أمس مساءً
ar-EG  ?            شركة النيل الشهر الماضي
ar-EG  ?            شركة النيل مؤخراً
ar-EG  11-19        شركة النيل يوم الخميس 19 نوفمبر
ar-EG  11-17        شركة النيل يوم الثلاثاء من الأسبوع الماضي
ar-EG  11-17        شركة النيل الثلاثاء الأسبوع الماضي
ar-EG  ?            شركة النيل الأسبوع القادم
ar-EG  ?            شركة النيل الاثنين القادم
ar-EG  ?            شركة النيل قبل عدة أيام
ar-EG  11-22        شركة النيل قبل ٣ أيام
ar-EG  03-19        شركة النيل عيد الفطر
ar-EG  11-03        شركة النيل 3 تشرين الثاني
he-IL  11-24        בנק הגליל ביום שלישי שעבר
he-IL  11-24        בנק הגליל ביום ג'
he-IL  11-23        בנק הגליל יום ב׳
he-IL  11-23        בנק הגליל שלשום בערב
he-IL  11-23        בנק הגליל לפני יומיים
he-IL  11-18        בנק הגליל לפני שבוע
he-IL  10-25        בנק הגליל לפני חודש
he-IL  11-22        בנק הגליל לפני 3 ימים
he-IL  11-20        בנק הגליל ב-20 בנובמבר
he-IL  11-20        בנק הגליל ב-20.11
he-IL  11-20        בנק הגליל 20.11
he-IL  11-20        בנק הגליל 20/11/26
he-IL  11-17        בנק הגליל ביום שלישי בשבוע שעבר
he-IL  11-17        בנק הגליל בשבוע שעבר ביום שלישי
he-IL  ?            בנק הגליל לאחרונה
he-IL  11-25        בנק הגליל הבוקר
he-IL  11-24        בנק הגליל אתמול בצהריים
he-IL  11-24        בנק הגליל אתמול בשעה 10
he-IL  ?            בנק הגליל בחודש שעבר
he-IL  ?            בנק הגליל ביום ראשון הבא
he-IL  11-21        בנק הגליל בשבת
he-IL  ?            בנק הגליל סוף השבוע
he-IL  ?            בנק הגליל לפני כמה ימים
he-IL  11-19        בנק הגליל ביום ה' 19.11
he-IL  ?            בנק הגליל ביום ה' 20.11
he-IL  09-21        בנק הגליל ביום כיפור
he-IL  09-12        בנק הגליל בראש השנה
"""

TO_COME = """
fr-FR  11-27        d'ici vendredi
fr-FR  11-30        avant la fin du mois
fr-FR  11-27        d'ici la fin de la semaine
fr-FR  12-09        dans deux semaines
fr-FR  12-02        la semaine prochaine
fr-FR  12-04        avant le 4 décembre
fr-FR  12-04        vendredi prochain
fr-FR  11-30        pour lundi
fr-FR  11-30        d'ici à lundi
fr-FR  12-15        jusqu'au 15 décembre
fr-FR  11-27        avant vendredi
es-ES  11-27        antes del viernes
es-ES  11-27        para el viernes
es-ES  11-30        antes de fin de mes
es-ES  11-30        a final de mes
es-ES  12-09        en dos semanas
es-ES  12-09        dentro de dos semanas
es-ES  12-02        la semana que viene
es-ES  11-30        el lunes que viene
es-ES  12-15        hasta el 15 de diciembre
ja-JP  12-04        来週金曜までに
ja-JP  11-30        月末まで
ja-JP  12-04        12月4日まで
ja-JP  12-09        二週間後
ar-EG  11-27        قبل يوم الجمعة
ar-EG  12-09        بعد أسبوعين
ar-EG  11-30        حتى نهاية الشهر
he-IL  -            עד יום שישי
he-IL  11-30        עד סוף החודש
he-IL  12-09        בעוד שבועיים
he-IL  12-15        עד ה-15 בדצמבר
"""


@pytest.mark.parametrize("row", [line for line in GONE_BY.splitlines() if line])
def test_a_day_gone_by(row: str) -> None:
    """What has happened, and what only looks like a day."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale) == expected(said)


@pytest.mark.parametrize("row", [line for line in TO_COME.splitlines() if line])
def test_a_day_to_come(row: str) -> None:
    """What something is due by."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale, past=False) == expected(said)
