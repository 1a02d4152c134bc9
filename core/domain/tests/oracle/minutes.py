"""Which minutes count, one by one. What limits.py and clocks.py share; it shares nothing with the Rust code but the file
of days, which days.py compares with another source.

Everything here is slow on purpose: a minute is looked at, counted or not, and the next one is looked at.
"""

import datetime
import hashlib
import pathlib

DAY = 24 * 60
DAYS_FILE = pathlib.Path(__file__).resolve().parents[4] / "sync-server/data/china-days.csv"
EPOCH = datetime.date(1970, 1, 1)
CONTINUOUS = ("urgent_hour", "natural_day")


class MissingYear(Exception):
    """Counting leads into a year of which nothing is known."""


def special_days():
    days, covered = {}, set()
    for line in DAYS_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("20"):
            date, working, _ = line.split(",")
            day = datetime.date.fromisoformat(date)
            days[day] = working == "yes"
            covered.add(day.year)
    return days, covered


SPECIAL, COVERED = special_days()


def is_working_day(day):
    date = EPOCH + datetime.timedelta(days=day)
    if date.year not in COVERED:
        raise MissingYear(date.year)
    return SPECIAL.get(date, date.weekday() < 5)


def mask(hours):
    """The 1,440 minutes of a day: True where work is done."""
    minutes = [False] * DAY
    for span in hours.split(","):
        begin, end = (int(time[:2]) * 60 + int(time[3:]) for time in span.split("-"))
        for minute in range(begin, end):
            minutes[minute] = True
    return minutes


class Minutes:
    """The minutes that a unit counts under some hours."""

    def __init__(self, unit, hours):
        self.continuous = unit in CONTINUOUS
        self.mask = mask(hours)
        self.none = [False] * DAY
        self.all = [True] * DAY
        self.known = {}
        self.unit_minutes = {"urgent_hour": 60, "work_hour": 60, "natural_day": DAY}.get(unit, sum(self.mask))

    def of_day(self, day):
        if self.continuous:
            return self.all
        if day not in self.known:
            self.known[day] = self.mask if is_working_day(day) else self.none
        return self.known[day]

    def counts(self, minute):
        return self.of_day(minute // DAY)[minute % DAY]

    def walk(self, start, amount):
        """From a minute on until so many have counted: the first that did, and the end of the last."""
        first, left, minute = None, amount, start
        while True:
            day = self.of_day(minute // DAY)
            for of_day in range(minute % DAY, DAY):
                if day[of_day]:
                    if first is None:
                        first = minute
                    left -= 1
                    if left == 0:
                        return first, minute + 1
                minute += 1

    def between(self, start, end):
        """How many count from one minute until another."""
        counted, minute = 0, start
        while minute < end:
            day = self.of_day(minute // DAY)
            for of_day in range(minute % DAY, DAY):
                if minute == end:
                    break
                counted += day[of_day]
                minute += 1
        return counted


class Draw:
    """Numbers that are the same on every machine and under every Python."""

    def __init__(self, seed):
        self.seed, self.drawn = seed, 0

    def below(self, bound):
        self.drawn += 1
        digest = hashlib.sha256(f"{self.seed} {self.drawn}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % bound

    def of(self, choices):
        return choices[self.below(len(choices))]


def minute_of(text):
    """`2025-06-28 10:00` as minutes since 1970 in the city's own time."""
    at = datetime.datetime.fromisoformat(text)
    return (at.date() - EPOCH).days * DAY + at.hour * 60 + at.minute


def written(minute, seconds=0):
    date = EPOCH + datetime.timedelta(days=minute // DAY)
    time = f"{minute % DAY // 60:02}:{minute % 60:02}"
    return f"{date} {time}" + (f":{seconds:02}" if seconds else "")
