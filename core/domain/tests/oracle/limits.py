"""Writes limits.csv: limits counted minute by minute, by a program that shares no code with the product.

    python3 core/domain/tests/oracle/limits.py > core/domain/tests/oracle/limits.csv

A row: a limit, the hours, the start (+08:00; seconds where it has some), the first minute that counts, the deadline, an
instant, and how many whole minutes have counted between start and that instant. `missing YEAR` where the way leads into a
year without calendar. scripts/oracle.sh compares the file with a new run.
"""

import sys

from minutes import COVERED, DAY, SPECIAL, Draw, Minutes, MissingYear, minute_of, written

UNITS = ("urgent_hour", "work_hour", "work_day", "natural_day")
ORDINARY = (
    "08:30-12:00,14:00-18:00",
    "09:00-17:00",
    "08:00-12:00,14:30-18:30",
    "05:00-11:00",
    "08:00-12:00,12:00-18:00",
    "07:30-11:45,13:15-17:20,19:00-20:30",
)
ODD = (
    "00:00-24:00",
    "00:00-06:00,22:00-24:00",
    "22:00-24:00",
    "23:59-24:00",
    "00:00-00:01",
    "10:07-10:08,15:00-15:02",
)
SHORT = (1, 1, 2, 3, 4, 5, 7)
LONG = (10, 15, 20, 30, 60)


def row(draw, unit, amount, hours, start, seconds=0):
    minutes = Minutes(unit, hours)
    begin = start + (1 if seconds else 0)
    # Later than the deadline now and then, and before the start.
    probe = start - 600 + draw.below(DAY * (2 + min(amount, 30)))
    try:
        first, end = minutes.walk(begin, amount * minutes.unit_minutes)
        first, due = written(first), written(end)
    except MissingYear as year:
        first, due = "", f"missing {year}"
    try:
        used = minutes.between(begin, probe)
    except MissingYear as year:
        used = f"missing {year}"
    return [unit, amount, f'"{hours}"', written(start, seconds), first, due, written(probe), used]


def affordable(unit, hours, amount):
    """Hours of a few minutes a day make years of a few hours; the walk is long enough without."""
    if unit == "work_hour" and Minutes(unit, hours).unit_minutes * amount > 40 * sum(Minutes(unit, hours).mask):
        return 1
    return amount


def rows():
    draw = Draw("limits")
    # The promise of the written rules.
    yield row(draw, "work_day", 7, ORDINARY[0], minute_of("2025-06-28 10:00"))
    first, last = minute_of("2023-01-01 00:00"), minute_of("2026-11-20 00:00")
    # Anywhere, in all units and hours.
    for unit in UNITS:
        for hours in ORDINARY + ODD:
            for _ in range(16):
                amount = affordable(unit, hours, draw.of(SHORT))
                seconds = draw.of((0, 0, 1, 30, 59))
                yield row(draw, unit, amount, hours, first + draw.below(last - first), seconds)
    # On, before and after each day that is not as its weekday: at night, before work, at the borders, at noon.
    for date in sorted(SPECIAL):
        for time in ("00:00", "08:30", "12:00", "15:00", "18:00"):
            unit, hours = draw.of(("work_hour", "work_day")), draw.of(ORDINARY)
            start = minute_of(f"{date} {time}") + draw.of((-DAY, 0, 0, DAY)) + draw.of((-1, 0, 0, 1))
            if start > last:
                start -= 30 * DAY
            yield row(draw, unit, draw.of(SHORT), hours, start)
    # At the borders of the hours.
    for hours in ORDINARY + ODD:
        for border in hours.replace("-", ",").split(","):
            day = first + draw.below((last - first) // DAY) * DAY
            start = day + int(border[:2]) * 60 + int(border[3:])
            for shift in (-1, 0, 1):
                unit = draw.of(("work_hour", "work_day"))
                yield row(draw, unit, affordable(unit, hours, draw.of(SHORT)), hours, start + shift)
    # Over the ends of years, and over whole seasons.
    for year in sorted(COVERED)[:-1]:
        for unit in UNITS:
            for _ in range(4):
                start = minute_of(f"{year}-12-28 00:00") + draw.below(8 * DAY)
                yield row(draw, unit, draw.of(SHORT), draw.of(ORDINARY), start)
    for _ in range(48):
        start = first + draw.below(minute_of("2026-06-01 00:00") - first)
        yield row(draw, draw.of(UNITS), draw.of(LONG), draw.of(ORDINARY), start)
    yield row(draw, "work_day", 250, ORDINARY[0], minute_of("2024-02-29 17:59"))
    yield row(draw, "work_day", 990, ORDINARY[0], minute_of("2023-01-01 00:00"))
    # Where the calendar ends, and where it has not begun.
    for unit in UNITS:
        for start in ("2026-12-31 09:00", "2026-12-31 17:59", "2026-12-31 18:00", "2027-01-01 00:00", "2022-12-31 23:59"):
            for amount in (1, 3):
                yield row(draw, unit, amount, ORDINARY[0], minute_of(start))
    yield row(draw, "work_day", 1, "00:00-24:00", minute_of("2026-12-31 00:00"))
    yield row(draw, "work_day", 1, "00:00-24:00", minute_of("2026-12-31 00:00"), 1)


if __name__ == "__main__":
    print("unit,amount,hours,start,counts_from,due,probe,used")
    for cells in rows():
        print(*cells, sep=",")
    sys.stdout.flush()
