"""Days as they are said in English, on Wednesday, 25 November 2026: a line each with its locale and the days, ? where it asks, - for none."""

import pytest

from tests.domain.words.days.said import days, expected

GONE_BY = """
en-GB  11-23        Globex Monday: x
en-GB  ?            Globex week before last
en-GB  11-10        Globex, Tuesday the week before last
en-GB  11-10        Globex Tuesday week before last
en-GB  11-19        Globex last week on Thursday
en-GB  11-16        Globex last week Monday
en-GB  ?            Globex KW47
en-GB  ?            Globex wk 47: x
en-GB  ?            Globex in week 47: x
en-GB  11-12        Globex Thursday of week 46
en-GB  11-20        Globex on the twentieth
en-GB  11-21        Globex on the twenty-first of November
en-GB  10-21        Globex twenty first of october
en-GB  11-05        Globex november the fifth
en-GB  11-05        Globex 5th of Nov
en-GB  11-05        Globex on 5 nov at 3
en-GB  11-18        wensday globex: x
en-GB  11-19        Globex thrusday
en-GB  11-24        Globex on yesteday
en-GB  ?            Globex last tuseday
en-GB  11-23        Globex two days ago
en-GB  ?            Globex couple of days ago
en-GB  ?            Globex a few days ago
en-GB  ?            Globex about a week ago
en-GB  ?            Globex 2-3 days ago
en-GB  11-18        Globex a week ago
en-GB  11-17        Globex a week ago on Tuesday
en-GB  11-18        Globex a week ago today
en-GB  11-17        Globex a week ago yesterday
en-GB  11-16        Globex Monday a week ago
en-GB  11-13        Globex a week last Friday
en-GB  11-05        Globex two weeks ago Thursday
en-GB  ?            Globex Monday week
en-GB  ?            Globex at the weekend
en-GB  ?            Globex over the weekend
en-GB  ?            Globex last weekend
en-GB  ?            Globex end of last week
en-GB  ?            Globex early last week
en-GB  ?            Globex earlier this week
en-GB  11-25        Globex earlier today
en-GB  10-20        Globex the 20th of last month
en-GB  10-03        Globex last month on the 3rd
en-GB  11-20        Globex Nov 20th
en-GB  11-20        Globex 20-11-2026
en-GB  11-20        Globex 20.11.26 x
en-GB  11-20        Globex 20.11.
en-GB  11-20        Globex on 20.11 x
en-GB  11-20        Globex 2026-11-20
en-GB  11-20        Globex 2026-11-20T14:00
en-GB  11-20        Globex 20/11/26
en-US  11-20        Globex 11/20/26
en-US  11-20        Globex 11-20-26
en-US  11-20        Globex 11/20/2026 w/ Bob
en-GB  2025-11-20   Globex 20 Nov 2025
en-GB  11-17        Globex 17-19 Nov
en-GB  11-17        Globex 17th-19th Nov
en-GB  11-17        Globex 17th to 19th of November
en-GB  11-17        Globex from the 17th to the 19th
en-GB  11-17        Globex between 17 and 19 November
en-GB  11-17        Globex 17/11-19/11
en-GB  11-17        Globex Nov 17 - 19
en-GB  11-17        Globex Nov 17 - Nov 19
en-GB  11-23        Globex Mon-Wed
en-GB  11-23        Globex Mon/Tues
en-GB  11-23        Globex Monday and Tuesday
en-GB  11-23        Globex Monday to Wednesday
en-GB  ?            Globex Monday or Tuesday
en-GB  11-24        Globex Monday no Tuesday
en-GB  11-24        Globex Monday, sorry, Tuesday
en-GB  11-24        Globex Monday I mean Tuesday
en-GB  11-24        Globex Monday (no, Tuesday)
en-GB  11-24        Globex not Monday but Tuesday
en-GB  11-23        Globex yesterday no wait the day before yesterday
en-GB  ?            Globex tomorrow
en-GB  ?            Globex next Monday
en-GB  ?            Globex this Friday
en-GB  ?            Globex in two weeks
en-GB  ?            Globex 3 Dec
en-GB  11-13        Globex Fri 13th
en-GB  ?            Globex Tue 20th
en-GB  11-16        Globex Mon 16 Nov
en-GB  11-16        Globex Mon 16/11
en-GB  11-16        Globex Monday 16.11.
en-GB  11-16        Globex 16 Nov (Mon)
en-GB  ?            Globex 16 Nov (Tue)
en-GB  11-16        Globex Monday, November 16th, 2026, 10am
en-GB  ?            Globex on Boxing Day
en-GB  11-05        Globex Guy Fawkes night
en-GB  10-31        Globex on Halloween
en-US  10-12        Globex on Columbus Day
en-US  09-08        Globex day after Labor Day
en-US  ?            Globex Thanksgiving
en-US  11-03        Globex election day
en-GB  ?            Globex bank holiday Monday
en-GB  08-31        Globex August bank holiday
en-GB  11-05        Globex on bonfire night
en-GB  04-03        Globex on Good Friday
en-GB  04-06        Globex Easter Monday
en-GB  11-25        Globex this evening
en-GB  11-24        Globex last night
en-GB  11-25        Globex this am
en-GB  11-24        Globex yesterday pm
en-GB  11-20        Globex Fri pm
en-GB  11-24        Globex tues arvo
en-GB  11-18        Globex on wednesday morning
en-GB  11-18        Globex Wednesday
en-GB  11-25        Globex just now
en-GB  11-25        Globex an hour ago
en-GB  11-25        Globex 20 mins ago
en-GB  11-25        Globex first thing this morning
en-GB  11-24        Globex late yesterday
en-GB  11-24        Globex yesterday 14:30-15:30
en-GB  -            Globex 3/4 of them are unhappy
en-GB  -            Globex 10-12 people came
en-GB  -            Globex version 3.4.2 is out
en-GB  -            Globex Q3 was bad
en-GB  -            Globex 24/7 support wanted
en-GB  -            Globex room 12
en-GB  -            Globex may leave us
en-GB  -            Globex sun was shining
en-GB  -            Globex second visit went well
en-GB  -            Globex the second time
en-GB  -            Globex 20th floor
en-GB  -            Globex on the 5th floor
en-GB  -            Globex 1st visit
en-GB  -            Globex march on
en-GB  -            Globex wants it in 3 weeks
en-GB  -            Globex takes six weeks
en-GB  -            Globex: sales down on last year
en-GB  -            Globex: the outage last week hurt
en-GB  11-20        Globex Friday's meeting went fine
en-GB  -            Globex Friday's outage
en-GB  11-23        notes from Monday's visit to Globex
en-GB  -            Globex every Friday they meet
en-GB  -            Globex since Monday
en-GB  01-04        Globex 4 Jan
en-GB  10-28        Globex on the 28th
en-GB  ?            Globex 30/11
en-GB  11-22        Globex 3 days back
en-GB  11-15        Globex ten days ago
en-GB  11-11        Globex 10 working days ago
en-GB  11-09        Globex a fortnight ago on Monday
en-GB  10-28        Globex 2 fortnights ago
en-GB  ?            Globex last Monday
en-GB  ?            Globex Monday last
en-GB  11-20        Globex Friday just gone
en-GB  11-20        Globex this past Friday
en-GB  11-20        Globex Friday gone
en-GB  11-13        Globex the Friday before last
en-GB  11-13        Globex 2 Fridays ago
en-GB  11-09        Globex three Mondays ago
en-GB  11-23        Globex day b4 yesterday
en-GB  -            Globex the day before
en-GB  ?            Globex in October
en-GB  ?            Globex last month
en-GB  ?            Globex mid November
en-GB  ?            Globex early Nov
en-GB  09-03        Globex Sept 3
en-GB  11-03        Globex the third of november
en-GB  11-03        Globex November third
en-GB  ?            Globex 31 November
en-GB  2024-02-29   Globex 29/2
en-GB  11-20        Globex 20 November at noon with Bob
en-GB  11-11        Globex on 11th at 10am
en-GB  11-11        Globex the 11th: x
en-GB  11-11        Globex 11th: x
"""


@pytest.mark.parametrize("row", [line for line in GONE_BY.splitlines() if line])
def test_a_day_gone_by(row: str) -> None:
    """What has happened, and what only looks like a day."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale) == expected(said)
