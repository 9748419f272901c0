"""English words of days."""

from __future__ import annotations

from bot.domain.words.days.kinds import Kind

_UNITS = (
    *(
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
    ),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_NTH = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
    *("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety"}
_NUMBERS = [
    *(f"{word}={number}" for number, word in enumerate(_UNITS) if word),
    *(f"{word}={number}" for number, word in _TENS.items()),
    *(f"{word} {_UNITS[one]}={number + one}" for number, word in _TENS.items() for one in range(1, 10)),
    "dozen|a dozen=12",
]
_ORDINALS = [
    *(f"{word}={number}" for number, word in enumerate(_NTH) if word),
    *(f"twenty {_NTH[one]}={20 + one}" for one in range(1, 10)),
    "thirtieth=30, thirty first=31, twelvth=12, nineth=9, fourty=40",
]

WORDS = {
    Kind.MONTH: "january=1, february|feb|febuary=2, april|apr=4, july|jul=7, september|sept|sep=9, october|oct=10, november"
    "|nov=11"
    ", december|dec=12, august|aug=8, june=6",
    Kind.MAYBE_MONTH: "jan=1, march|mar=3, may=5, jun=6",
    Kind.WEEKDAY: "monday=0, tuesday|tues|tue=1, wednesday|weds|wednes|wensday|wendsday|wednsday=2, thursday|thurs|thur|thu=3"
    ", friday|fri=4"
    ", saturday=5, sunday=6",
    Kind.WEEKDAYS: "mondays=0, tuesdays=1, wednesdays=2, thursdays=3, fridays=4, saturdays=5, sundays=6",
    Kind.SHIFT: "the day after|day after|the morning after|a day after|the day following=1, the day before|day before"
    "|a day before|the eve of=-1",
    Kind.MAYBE_WEEKDAY: "mon=0, wed=2, sat=5, sun=6",
    Kind.RELATIVE: "yesterdays|ystday|ystrday=-1, todays|tdy|tday=0, "
    "y day|yest day|ystrdy|yesday=-1, "
    "today|2day|todays date|earlier today|later today=0, yesterday|yday|ydy|yest|yesty|ytd day|yesterdy=-1"
    ", tomorrow|tmrw|tmr|tomoz|tomorow|2moro=1"
    ", the day before yesterday|day before yesterday|two days before today|day b4 yesterday|day before yday=-2"
    ", the day before the day before yesterday=-3, the day after tomorrow|day after tomorrow|overmorrow=2"
    ", last night|last evening|yesternight|the night before=-1",
    Kind.PART: "morning|mornin|am|afternoon|arvo|aft|evening|eve|evng|night|noon|midday|midnight|lunchtime|lunch time|teatime"
    "|tea time"
    "|late morning|early morning|late afternoon|early afternoon|early evening|late evening|mid morning"
    "|mid afternoon|pm=0",
    Kind.TODAYS_PART: "this am|this pm=0, "
    "this morning|this afternoon|this arvo|this evening|tonight|this lunchtime|this avo|tonite|this noon"
    "|this very day=0"
    ", just now|a moment ago|moments ago|a minute ago|this minute|a second ago|a little while ago today=0",
    Kind.UNIT: "day s=0, week s|weeks=1, month s=2, year s=4, "
    "day|days=0, week|weeks|wk|wks=1, month|months|mth|mths=2, quarter|quarters|qtr=3, year|years|yr|yrs=4, weekend"
    "|wkend=5"
    ", working day|working days|business day|business days|weekday|weekdays|workday|workdays=6"
    ", hour|hours|hr|hrs|minute|minutes|min|mins|half hour=7, fortnight|fortnights=8",
    Kind.ARTICLE: "a|an=1",
    Kind.NUMBER: ", ".join(_NUMBERS),
    Kind.NTH: ", ".join(_ORDINALS),
    Kind.LAST: "just gone|gone|just past|just passed|this past|this last|"
    "last|past|previous|prev|prior|the last|the past|the previous",
    Kind.NEXT: "next|the next|following|the following",
    Kind.COMING: "coming|this coming|upcoming|the coming|this next",
    Kind.THIS: "this|same|the same|current|the current",
    Kind.BEFORE_LAST: "before last|before the last|prior to last|b4 last|last but one|penultimate",
    Kind.AFTER_NEXT: "after next|next but one|after the next",
    Kind.AGO: "ago|back|earlier|agao|prior",
    Kind.IN: "in|within|within the next|in the next|inside|over the next|in the course of the next",
    Kind.FROM_NOW: "from now|hence|from today|out|time",
    Kind.WEEK_NUMBER: "cw|kw|calendar week|week no|week number|week nr|wk no",
    Kind.FEW: "one and a half|two and a half|three and a half|a week and a half|just over a|just under a|a good|a little over a"
    "|a bit over a|almost a|nearly a|a rough|"
    "few|a few|several|some|a couple|a couple of|couple|couple of|many|a number of|a handful of|or so",
    Kind.ABOUT: "about|around|roughly|approx|approximately|circa|ca|almost|nearly|over|more than|some time|sometime|maybe"
    "|probably|less than",
    Kind.VAGUE: "a week and a half ago|week and a half ago|a month and a half ago|a year and a half ago"
    "|an hour and a half ago today|"
    "last summer|last spring|last autumn|last fall|last winter|in the summer|in the autumn|in the spring"
    "|in the winter|on the holiday|on the bank holiday|the start of last week|"
    "bank holiday monday|bank holiday|the bank holiday|bank hol|"
    "the other day|other day|other week|the other week|the other night|a while ago|a while back|some time ago"
    "|some time back"
    "|sometime ago|ages ago|not long ago|a little while ago|a little while back|one day last week|earlier this week"
    "|late last week"
    "|early last week|earlier last week|later last week|earlier this month|late last month|early last month|earlier in the week"
    "|earlier in the month|earlier this year|a short while ago|mid week|midweek|mid last week|the day i was there"
    "|one of these days"
    "|in the last few days|over the last few days|in the past few days|over the past few days|in recent days"
    "|these last few days|the beginning of the week|one day|some day|someday|sometime this week|sometime last week"
    "|some time last week"
    "|one evening last week|one afternoon last week|one morning last week|at some point last week"
    "|later this week"
    "|later in the week|the start of the week",
    Kind.SOMETIME: "recently|lately|soon|eventually|previously|earlier|later|shortly",
    Kind.EDGE: "beginning of|start of|the beginning of|the start of|early|early in|early on in|beg of|first half of"
    "|the first half of=1"
    ", middle of|mid|the middle of|mid of=2, end of|the end of|late|late in|end|second half of|the second half of"
    "|back end of|the tail end of|tail end of=3",
    Kind.DONE_BY: "eod|cob|eob|cop|end of day|the end of the day|end of the day|close of business|end of business|close of play"
    "|end of play"
    "|the close of business|end of the working day|close|end of today|the end of today",
    Kind.SHORT_EDGE: "eow|week end=1, eom|month end|months end|the month end=2, eoq|quarter end|quarters end=3, eoy|year end|years end"
    "|the year end|yearend=4",
    Kind.QUARTER: "q1=1, q2=2, q3=3, q4=4, first quarter|the first quarter=1, second quarter|the second quarter=2"
    ", third quarter|the third quarter=3, fourth quarter|the fourth quarter|last quarter of the year=4",
    Kind.ON: "on|during|dated|over|as at",
    Kind.THE: "the",
    Kind.OF: "of|for",
    Kind.AT: "at|around|about|@|from",
    Kind.BY: "by|before|due|due by|due on|no later than|not later than|ahead of|prior to|latest|at the latest by"
    "|at latest by|in time for|for when"
    "|by no later than|by latest|deadline|deadline is|deadline of|by close on|by or before|on or before|b4|by end on",
    Kind.DUE_AFTER: "at the latest|the latest|at latest|or sooner|or earlier",
    Kind.WEEK_OF: "week of|the week of|week commencing|wk commencing|w c|wc|week beginning|w e|week ending|week starting"
    "|the week commencing|wk of",
    Kind.SINCE: "since|starting|starting on|as of|as from|effective|ever since|after|from now until|beginning|expires|expires on"
    "|expiring|expiring on|ends|ends on"
    "|renews|renews on|renewal on|goes live on|go live on|live on|runs out on",
    Kind.FROM: "from|between|from the",
    Kind.TO: "to|through|thru",
    Kind.UNTIL: "until|til|till|up until|up to",
    Kind.AND: "and|n|plus|then",
    Kind.OR: "or|or maybe|or perhaps|or possibly|or was it|or on",
    Kind.NO: "no|nope|sorry|i mean|no wait|wait no|no sorry|sorry no|actually|or rather|rather|make that|correction"
    "|scratch that|no actually|no it was"
    "|oops|i meant|meant|wait|no i mean|that is|no make that|no that was|no on|no actually it was|it was actually"
    "|actually it was|sorry i mean"
    "|sorry it was|no that s wrong|that s wrong|hang on|no hang on|um no|er no|erm|er|err|uh no",
    Kind.NOT: "not|not on",
    Kind.NO_DAY: "mr|mrs|ms|miss|dr|sir|dame|prof|"
    "every|each|per|any|most|black|good|cyber|super|ash|palm|shrove|whit|maundy|every other|every second"
    "|giving|alternate|casual"
    "|happy|bloody|ruby|blue|fat|holy|all|free|manic|mad|dress down",
    Kind.EARLY: "early|late|first thing|early on|late on|first thing on|last thing|earlier on|later on|as early as|as late as"
    "|sometime|some time",
    Kind.FOLLOWER: "with|w|met|saw|visited|spoke|called|rang|had|was|were|at|we|i|they|he|she|re|regarding|concerning|because|and"
    "|but|so|for|to|in|went"
    "|said|says|is|are|when|where|by|via|over|on|about|who|our|my|their|his|her|as|if|did|got|came|talked|discussed"
    "|agreed|not|no|just|all|popped|sat"
    "|it|there|then|after|before|attended|hosted"
    ""
    "|very|really|told|asked|from|through|during|around"
    "|while|did|done|took|joined|dropped",
    Kind.DAY_MARK: "",
}
