"""Writes clocks.csv: clocks that are stopped, held, extended and finished, simulated minute by minute, by a program that
shares no code with the product.

    python3 core/domain/tests/oracle/clocks.py > core/domain/tests/oracle/clocks.csv

Events are `what@minute`, a space in between; `finished@RECEIVED/DONE` was done at DONE, provably. A row ends with what the
clock shows at `now`: state, deadline, minutes allowed and used, light, and when 80, 100 and 200 % were or will be reached
(empty: not as long as nothing changes). scripts/oracle.sh compares the file with a new run.
"""

from minutes import DAY, Draw, Minutes, minute_of, written

HOURS = ("08:30-12:00,14:00-18:00", "09:00-17:00", "05:00-11:00", "00:00-06:00,22:00-24:00")
UNITS = ("urgent_hour", "work_hour", "work_day", "natural_day")
# Nobody simulates further than this from `now`.
HORIZON = 400 * DAY


class Clock:
    def __init__(self, unit, amount, hours, start):
        self.minutes = Minutes(unit, hours)
        self.hours = hours
        self.state, self.minute = "running", start
        self.used, self.allowed = 0, amount * self.minutes.unit_minutes
        self.deadline = self.minutes.walk(start, self.allowed)[1]
        self.since = None  # of a hold or a stop
        self.ended = None
        self.reached = {}

    def look(self):
        """Levels reached by now, once what happens in this minute has happened."""
        if self.state == "running":
            for percent in (80, 100, 200):
                over = self.minute >= self.deadline if percent == 100 else self.used * 100 >= self.allowed * percent
                if over:
                    self.reached.setdefault(percent, self.minute)

    def tick(self):
        if self.state == "running" and self.minutes.counts(self.minute):
            self.used += 1
        self.minute += 1

    def happen(self, what, argument):
        if what == "extended_to":
            self.extend(argument)
        elif what == "extended_by":
            unit, amount = argument
            minutes = Minutes(unit, self.hours)
            self.extend(minutes.walk(self.deadline, amount * minutes.unit_minutes)[1])
        elif what == "held" and self.state == "running":
            self.state, self.since = what, self.minute
        elif what == "stopped" and self.state in ("running", "held"):
            self.end_hold()
            self.state, self.since = what, self.minute
        elif (what, self.state) in (("released", "held"), ("started", "stopped")):
            self.deadline = self.deadline_after_pause()
            self.state = "running"
        elif what == "finished" and self.state != "finished":
            self.end_hold()
            self.ended = self.since if self.state == "stopped" else self.minute
            self.state = "finished"

    def end_hold(self):
        if self.state == "held":
            self.deadline = self.deadline_after_pause()

    def deadline_after_pause(self):
        """Each minute that would have been used moves the deadline to the end of the next that can be."""
        deadline = self.deadline
        if deadline < self.since:
            return deadline
        for minute in range(self.since, self.minute):
            if self.minutes.counts(minute):
                deadline = self.minutes.walk(deadline, 1)[1]
        return max(deadline, self.minute)

    def extend(self, deadline):
        if deadline > self.deadline:
            self.allowed += self.minutes.between(self.deadline, deadline)
            self.deadline = deadline

    def shown(self):
        deadline = self.deadline_after_pause() if self.state == "held" else self.deadline
        ended = {"running": self.minute, "finished": self.ended}.get(self.state, self.since)
        late = ended > deadline
        light = "red" if late else "yellow" if self.used * 100 >= self.allowed * 80 else "green"
        return [self.state, written(deadline), self.allowed, self.used, light]


def simulate(unit, amount, hours, start, events, now):
    clock = Clock(unit, amount, hours, start)
    waiting = list(events)
    while True:
        while waiting and waiting[0][0] <= clock.minute:
            clock.happen(*waiting.pop(0)[1:])
        clock.look()
        if clock.minute == now:
            break
        clock.tick()
    shown = clock.shown()
    # What is still to come if nothing else happens.
    while clock.state == "running" and len(clock.reached) < 3 and clock.minute < now + HORIZON:
        clock.tick()
        clock.look()
    return shown + [written(clock.reached[percent]) if percent in clock.reached else "" for percent in (80, 100, 200)]


def text(event):
    at, what, argument = event
    if what == "extended_to":
        return f"{what}@{written(at)}/{written(argument)}"
    if what == "extended_by":
        return f"{what}@{written(at)}/{argument[1]} {argument[0]}"
    return f"{what}@{written(at)}" + (f"/{written(argument)}" if argument else "")


def story(draw, unit, amount, start):
    """Things that happen one after the other, some of them out of place."""
    events, at = [], start
    length = DAY if unit in ("work_day", "natural_day") else 120
    for _ in range(draw.below(6)):
        at += draw.below(length * amount // 2 + 1)
        what = draw.of(("held", "released", "held", "released", "stopped", "started", "extended_to", "extended_by"))
        argument = None
        if what == "extended_to":
            argument = at + draw.below(2 * length * amount)
        elif what == "extended_by":
            argument = (draw.of((unit, unit, "work_hour", "natural_day")), 1 + draw.below(3))
        events.append((at, what, argument))
    if draw.below(2):
        at += draw.below(2 * length * amount + 1)
        events.append((at, "finished", None))
    return events, at + draw.below(3 * length * amount + 1)


def proven(events, draw):
    """The end of a story received late: what is simulated has neither turns after the work was done nor its receipt."""
    received, what, _ = events[-1]
    turns = ("held", "released", "stopped", "started")
    first = events[0][0] if len(events) > 1 else received - DAY
    done = first + draw.below(received - first + 1)
    told = [*events[:-1], (received, what, done)]
    simulated = [event for event in events[:-1] if not (event[1] in turns and event[0] >= done)]
    simulated = sorted([*simulated, (done, what, None)], key=lambda event: event[0])
    return told, simulated


def rows():
    draw = Draw("clocks")
    # Held from Wednesday to Friday, two working days: due two working days later.
    start, hold = minute_of("2025-06-28 10:00"), minute_of("2025-07-02 08:30")
    events = [(hold, "held", None), (hold + 2 * DAY, "released", None)]
    yield "work_day", 7, HOURS[0], start, events, events, minute_of("2025-07-07 12:00")
    first, last = minute_of("2023-01-01 00:00"), minute_of("2026-06-01 00:00")
    for unit in UNITS:
        for _ in range(100):
            amount = 1 + draw.below(6)
            start = first + draw.below(last - first)
            events, now = story(draw, unit, amount, start)
            told = events
            if events and events[-1][1] == "finished" and draw.below(2):
                told, events = proven(events, draw)
                events = [event if event[0] >= start else (start, *event[1:]) for event in events]
            yield unit, amount, draw.of(HOURS), start, told, events, now


if __name__ == "__main__":
    print("unit,amount,hours,start,events,now,state,deadline,allowed,used,light,at_80,at_100,at_200")
    for unit, amount, hours, start, told, events, now in rows():
        shown = " ; ".join(text(event) for event in told)
        cells = simulate(unit, amount, hours, start, events, now)
        print(unit, amount, f'"{hours}"', written(start), f'"{shown}"', written(now), *cells, sep=",")
