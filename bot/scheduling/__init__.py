"""Recurring time: what is owed (`timetable`), when to look (`scheduler`), and moving the clock (`time_machine`)."""
