"""Days to come, as they are said in English, on Wednesday, 25 November 2026: a line each with its locale and the days; ? asks, - is none."""

import pytest

from tests.domain.words.days.said import days, expected

TO_COME = """
en-GB  11-27        send it by Friday
en-GB  12-07        by Monday week
en-GB  12-04        by the end of next week
en-GB  12-09        in two weeks
en-GB  12-09        within a fortnight
en-GB  12-09        in a fortnight
en-GB  11-30        by the end of the month
en-GB  11-30        by end of month
en-GB  11-25        EOD
en-GB  11-26        by EOD tomorrow
en-GB  11-27        COB Friday
en-GB  11-27        by close of business on Friday
en-GB  11-27        by Friday COB
en-GB  2027-03-31   end of Q1
en-GB  2027-03-31   by the end of Q1
en-GB  2027-03-31   by Q1
en-GB  2027-01-31   by end of January
en-GB  12-15        by mid December
en-GB  12-02        early next week
en-GB  12-02        by early next week
en-GB  12-02        next week
en-GB  12-09        the week after next
en-GB  12-25        before Christmas
en-GB  12-25        by Christmas
en-GB  11-27        before the weekend
en-GB  11-25        by tonight
en-GB  11-26        by noon tomorrow
en-GB  11-26        tomorrow morning
en-GB  12-01        on 1 Dec
en-GB  12-01        by the 1st
en-GB  12-15        by the 15th
en-GB  12-15        by 15 December 2026
en-GB  12-15        by 15/12
en-GB  12-04        next Friday
en-GB  12-04        Friday next week
en-GB  11-27        this Friday
en-GB  12-04        Friday week
en-GB  12-04        a week on Friday
en-GB  12-07        a week from Monday
en-GB  12-09        two weeks from today
en-GB  12-09        two weeks from now
en-GB  12-05        in 10 days' time
en-GB  12-02        in a week's time
en-GB  12-02        in a week
en-GB  12-25        in a month
en-GB  12-31        by year end
en-GB  11-30        month-end
en-GB  11-27        by EOW
en-GB  11-27        end of this week
en-GB  12-31        by the end of the year
en-GB  12-03        by next Thursday at the latest
en-GB  11-26        no later than Thursday
en-GB  11-26        latest Thursday
en-GB  11-27        the day after tomorrow
en-GB  11-27        within 48 hours
en-GB  11-27        by Friday 5pm
en-GB  11-30        first thing Monday
en-GB  11-30        by Monday morning
en-GB  12-11        by week 50
en-GB  2027-01-31   in January
en-GB  2027-01-31   by January
en-GB  2027-03-03   by March 3
en-US  12-04        by 12/4
en-GB  12-04        Fri 4 Dec
en-GB  ?            by Thu 4 Dec
en-GB  12-02        by Wednesday
en-GB  12-04        by the 4th of December
en-GB  12-04        by the fourth
en-GB  11-30        by end of day Monday
en-GB  11-27        by Friday the latest
en-GB  12-04        by Friday next week
en-GB  11-30        within three working days
en-GB  11-26        end of play Thursday
en-GB  11-30        by the end of November
en-GB  12-31        before the end of the quarter
en-GB  -            by 3pm
en-GB  11-25        today
en-GB  12-04        by 2026-12-04
en-GB  11-27        over the weekend
en-GB  11-30        at the start of next week
en-GB  12-01        by the beginning of December
en-GB  11-27        coming Friday
en-GB  11-30        this coming Monday
en-GB  12-07        Monday after next
en-GB  2027-01-06   in six weeks
en-GB  12-25        next month
en-GB  12-31        end of next month
en-GB  2027-03-28   by Easter
"""


@pytest.mark.parametrize("row", [line for line in TO_COME.splitlines() if line])
def test_a_day_to_come(row: str) -> None:
    """What something is due by."""
    locale, said, text = row.split(maxsplit=2)
    assert days(text, locale, past=False) == expected(said)
