"""Japanese words of days. Words are written together: the longest that is known is cut off first."""

from __future__ import annotations

from bot.domain.words.days.kinds import Kind

_DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_NUMBERS = [
    *(f"{sign}={number}" for number, sign in enumerate(_DIGITS) if sign),
    *(
        f"{tens if tens != '一' else ''}十{ones}={10 * ten + one}"
        for ten, tens in enumerate(_DIGITS[:4])
        if ten
        for one, ones in enumerate(_DIGITS)
    ),
]
_SIGNS = "月火水木金土日"
_WEEKDAYS = [
    f"{sign}曜日|{sign}曜|(%s)|({sign}曜)|({sign}曜日)|（{sign}）={number}".replace("%s", sign)
    for number, sign in enumerate(_SIGNS)
]

WORDS = {
    Kind.NUMBER: ", ".join(_NUMBERS),
    Kind.WEEKDAY: ", ".join(_WEEKDAYS),
    Kind.RELATIVE: "今日|本日|きょう|当日=0, 昨日|きのう|昨晩|昨夜|前日|さくじつ|昨夕|ゆうべ|夕べ=-1"
    ", 一昨日|おととい|おとつい|いっさくじつ=-2, 一昨昨日|さきおととい=-3"
    ", 明日|あした|あす|明朝|明晩=1, 明後日|あさって=2",
    Kind.PART: "午前|午後|朝|夕方|夜|昼|晩|の朝|の夜|の午前|の午後|の夕方|の昼|の晩|午前中|の午前中|昼過ぎ|の昼過ぎ|お昼|のお昼|正午=0",
    Kind.TODAYS_PART: "今朝|今夜|今晩|けさ|さっき|先ほど|今夕|今しがた=0",
    Kind.TURN_WEEK: "先週|前週=-1, 今週=0, 来週|翌週=1, 先々週|先先週=-2, 再来週=2",
    Kind.TURN_MONTH: "先月|前月=-1, 今月=0, 来月|翌月=1, 先々月=-2",
    Kind.UNIT: "日=0, 週間|週=1, ヶ月|か月|カ月|ケ月|箇月|ヵ月=2, 年|年間=4, 時間|分|分間=7, 週末|の週末=5, 営業日=6",
    Kind.MONTH_MARK: "月",
    Kind.DAY_MARK: "日|日目",
    Kind.YEAR_MARK: "年",
    Kind.OF: "の",
    Kind.LAST: "前の|この前の|こないだの",
    Kind.NEXT: "次の|今度の",
    Kind.AGO: "前|まえ|以前",
    Kind.FROM_NOW: "後|以内|以内に|後に",
    Kind.FEW: "数",
    Kind.ABOUT: "約|およそ",
    Kind.VAGUE: "先日|この間|このあいだ|最近|数日前|何日か前|先頃|過日|ある日|この前|近頃|こないだ|数週間前",
    Kind.EDGE: "初め|上旬|初旬|頭|始め|の初め|の上旬=1, 中旬|半ば|の中旬|の半ば=2, 末|下旬|終わり|の終わり|の末|の下旬=3",
    Kind.SHORT_EDGE: "週末まで=1, 月末=2, 四半期末=3, 年末|年度末=4",
    Kind.UNTIL: "から",
    Kind.AND: "と|、",
    Kind.OR: "または|か",
    Kind.NO: "いや|ではなく|じゃなくて|訂正|違う|間違い|すみません|いえ",
    Kind.NO_DAY: "毎週|毎|毎月",
    Kind.FOLLOWER: "に|は|、|へ|で|が|も|訪問|打合せ|面談",
    Kind.DUE_AFTER: "までに|まで|締切|期限",
}
