"""More days as they are said in English, on Wednesday, 25 November 2026: a line each with its locale and the days, ? where it asks, - for none."""

import pytest

from tests.domain.words.days.said import days, expected

GONE_BY = """
en-GB  11-10        Acme Tuesday of the week before last
en-GB  11-17        Acme the Tuesday before last
en-GB  11-17        Acme last week Tues
en-GB  11-17        Acme Tues, last week
en-GB  11-24        Acme on Tuesday of this week
en-GB  ?            Acme wk commencing 16 Nov
en-GB  ?            Acme w/c 16 Nov
en-GB  ?            Acme week of 16 November
en-GB  ?            Acme w/e 20 Nov
en-GB  ?            Acme the week of the 16th
en-GB  11-06        Acme day after Bonfire Night
en-GB  11-07        Acme the eve of Remembrance Sunday
en-GB  11-11        Acme Armistice Day
en-GB  ?            Acme on St Andrew's Day
en-GB  11-24        Acme half past two yesterday
en-GB  11-24        Acme at 3 yesterday
en-GB  11-23        Acme at 10am on Monday
en-GB  11-23        Acme 10am Monday
en-GB  11-23        Acme Monday 10am
en-GB  11-23        Acme Mon 10:30
en-GB  11-23        Acme mon 10.30am
en-GB  11-20        Acme on the morning of the 20th
en-GB  11-24        Acme yesterday, Tuesday
en-GB  11-24,11-24  Acme yesterday (Tues 24th)
en-GB  11-24        Acme Tuesday (yesterday)
en-GB  ?            Acme yesterday (Mon)
en-GB  11-24,11-24  Acme 24th Nov (yesterday)
en-GB  11-20        Acme 20th
en-GB  11-20        Acme 20th Nov.
en-GB  11-20        Acme 20 of November
en-GB  11-20        Acme Nov. 20
en-GB  11-20        Acme Nov. 20th, 2026
en-GB  11-20        Acme Nov 20 2026
en-GB  11-20        Acme November 20
en-GB  11-20        Acme 20Nov
en-GB  11-20        Acme 20-Nov
en-GB  11-20        Acme 20-Nov-26
en-GB  11-20        Acme 20-Nov-2026
en-GB  11-20        Acme 20/Nov/2026
en-GB  11-20        Acme 20.Nov
en-GB  11-20        Acme twentieth November
en-GB  11-20        Acme November twentieth
en-GB  11-20        Acme the twentieth
en-GB  11-20        Acme friday the twentieth
en-GB  11-20        Acme friday twentieth of november
en-GB  11-23        Acme on november the twenty third
en-GB  11-20        Acme twenty november
en-GB  ?            Acme two and a half weeks ago
en-GB  ?            Acme a week and a half ago
en-GB  ?            Acme just over a week ago
en-GB  11-11        Acme exactly two weeks ago
en-GB  11-21        Acme four days ago
en-GB  ?            Acme one day last week
en-GB  ?            Acme a while ago
en-GB  ?            Acme some weeks ago
en-GB  ?            Acme weeks ago
en-GB  ?            Acme ages ago
en-GB  ?            Acme this week
en-GB  ?            Acme beginning of the week
en-GB  ?            Acme start of the month
en-GB  ?            Acme middle of last week
en-GB  ?            Acme late last week
en-GB  ?            Acme towards the end of last week
en-GB  ?            Acme tomorow
en-GB  11-18        Acme wendesday
en-GB  11-18        Acme wedensday
en-GB  11-24        Acme tusday
en-GB  11-24        Acme tueday
en-GB  11-19        Acme thurday
en-GB  11-19        Acme thurs.
en-GB  11-19        Acme Thurs: x
en-GB  11-20        Acme fri: x
en-GB  11-20        Acme firday
en-GB  11-23        Acme moday
en-GB  11-21        Acme satuday
en-GB  11-24        Acme yesturday
en-GB  11-24        Acme yeserday
en-GB  11-24        Acme yest
en-GB  11-24        Acme yest.
en-GB  11-24        Acme yesterdays meeting
en-GB  11-25        Acme todays meeting
en-GB  11-25        Acme tdy
en-GB  11-25        Acme 2day
en-GB  11-05        Acme novmber 5
en-GB  11-05        Acme 5 novemeber
en-GB  09-05        Acme 5 septmber
en-GB  11-24        Acme ystday
en-GB  11-23        Acme Monday evening dinner
en-GB  11-20        Acme the Friday just gone
en-GB  11-20        Acme Friday last
en-GB  11-20        Acme Friday past
en-GB  11-13        Acme Friday week ago
en-GB  11-13        Acme week ago Friday
en-GB  ?            Acme a week Monday
en-GB  11-13        Acme last but one Friday
en-GB  11-23        Acme not yesterday but Monday
en-GB  ?            Acme yesterday or Monday
en-GB  11-23        Acme Monday/Tuesday
en-GB  11-23        Acme Mon + Tue
en-GB  11-23        Acme Mon through Wed
en-GB  11-23        Acme Monday thru Wednesday
en-GB  11-19        Acme Thursday till Saturday
en-GB  11-16        Acme 16th-18th
en-GB  11-16        Acme 16-18/11
en-GB  11-16        Acme 16/17 Nov
en-GB  11-16        Acme 16 & 17 Nov
en-GB  11-16        Acme 16th and 17th November
en-GB  11-16        Acme 16, 17 and 18 Nov
en-GB  11-16        Acme Nov 16th to 18th
en-GB  10-30        Acme 30 Oct - 2 Nov
en-GB  10-30        Acme 30 Oct to 2 Nov
en-GB  11-13        Acme 13.11.2026
en-GB  11-13        Acme 13.11.26
en-GB  11-13        Acme 13 11 2026
en-GB  11-13        Acme 2026/11/13
en-GB  11-13        Acme 13/11 at 4
en-GB  11-13        Acme Q3 review on 13/11
en-GB  ?            Acme on 31/12
en-GB  2025-12-01   Acme 1 Dec 2025
en-GB  ?            Acme 1/12/2026
en-GB  ?            Acme 31 Sept
en-GB  -            Acme 32 Nov
en-GB  -            Acme 13/13
en-GB  ?            Acme next Thursday
en-GB  ?            Acme in three days
en-GB  11-25        Acme tonight
en-GB  ?            Acme New Year's Eve
en-GB  ?            Acme at Christmas
en-GB  04-05        Acme Easter
en-US  01-19        Acme on MLK Day
en-US  07-04        Acme July 4th
en-US  07-04        Acme on the Fourth of July
en-US  ?            Acme Labor Day weekend
en-US  11-16        Acme Monday, Nov. 16
en-US  11-16        Acme Mon., Nov. 16
en-US  11-16        Acme 11.16.26
en-US  11-16        Acme 11/16 - 11/18
en-US  11-16        Acme 11/16-18
en-US  -            Acme 11-16
en-US  11-16        Acme 16 Nov
en-US  11-05        Acme 11/5/26
en-US  11-17        Acme a week from last Tuesday
en-AU  11-24        Acme Tuesday arvo
en-AU  11-03        Acme Cup Day
en-AU  04-25        Acme ANZAC Day
en-IE  10-26        Acme October bank holiday
en-IE  03-17        Acme Paddy's Day
en-CA  10-12        Acme Thanksgiving
en-CA  11-11        Acme Remembrance Day
en-NZ  10-26        Acme Labour Day
en-IN  10-18        Acme Dussehra
en-IN  10-02        Acme Gandhi Jayanti
en-IN  11-09        Acme day after Diwali
en-ZA  09-24        Acme Heritage Day
en-US  11-11        Acme Veterans Day
en-SG  11-08        Acme Deepavali
"""


@pytest.mark.parametrize("row", [line for line in GONE_BY.splitlines() if line])
def test_a_day_gone_by(row: str) -> None:
    """What has happened, and what only looks like a day."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale) == expected(said)
