"""Writes days.csv: what the PyPI package chinesecalendar says of each day from 2023 to 2026, as far as it knows them.

    pip install chinesecalendar && python3 core/domain/tests/oracle/days.py > core/domain/tests/oracle/days.csv

It knows nothing of the product's own file of days. scripts/oracle.sh compares the file with a new run.
"""

import datetime

import chinese_calendar

print("date,working")
day = datetime.date(2023, 1, 1)
while day <= datetime.date(2026, 12, 31):
    try:
        working = "yes" if chinese_calendar.is_workday(day) else "no"
    except NotImplementedError:  # a year it has not heard of
        working = "unknown"
    print(day, working, sep=",")
    day += datetime.timedelta(days=1)
