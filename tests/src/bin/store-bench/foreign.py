"""Asks the library of the phones what a screen asks, and times it: foreign.py STORE PHOTO RUNS. Prints JSON."""

import json
import pathlib
import random
import sys
import time

import xunge_mobile as core

ROWS = 50
PAGES_MAX = 1_000
QUESTIONS = 10
PHOTOS_MAX = 3
BEAT_UNITS = 200_000
LONGITUDE, LATITUDE = 1_137_861_000, 347_552_000
CORNER = core.Point(longitude_e7=LONGITUDE, latitude_e7=LATITUDE)

millis = {}


def timed(what, work, *arguments):
    start = time.perf_counter()
    answer = work(*arguments)
    millis.setdefault(what, []).append((time.perf_counter() - start) * 1_000)
    return answer


def memory(name):
    """KiB of this process, as the kernel counts them."""
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def page_end(rows):
    return core.PageEnd(updated_at=rows[-1].updated_at, id=rows[-1].id) if rows else None


def turn_pages(app, runs):
    sample, end = [], None
    for number in range(PAGES_MAX):
        rows = timed("deep page", app.cases, end, ROWS)
        if not rows:
            break
        end = page_end(rows)
        sample += rows[number % ROWS : number % ROWS + 1]
    # Those behind all others.
    millis["deep page"] = millis["deep page"][-runs:]
    for _ in range(runs):
        rows = timed("filtered page", app.cases, None, ROWS, core.CaseFilter.OPEN)
        timed("filtered page", app.cases, page_end(rows), ROWS, core.CaseFilter.OPEN)
    return sample


def look_up(app, sample, questions):
    draw = random.Random(7)
    for _ in range(questions):
        case = draw.choice(sample)

        def word(length):
            begin = draw.randrange(max(len(case.title) - length, 0) + 1)
            return case.title[begin : begin + length]

        timed("search, 2 characters", app.search, word(2), ROWS)
        timed("search, 4 characters", app.search, word(4), ROWS)
        timed("search, 1 character", app.search, word(1), ROWS)
        timed("search, a code", app.search, case.local_code, ROWS)
        place = core.Point(
            longitude_e7=LONGITUDE + draw.randrange(-BEAT_UNITS, BEAT_UNITS),
            latitude_e7=LATITUDE + draw.randrange(-BEAT_UNITS, BEAT_UNITS),
        )
        timed("nearby", app.near, place, 20)
        timed("nearby, filtered", app.near, place, 20, core.CaseFilter.OPEN)
        timed("case page", app.show, case.id)
        question = core.AroundQuestion(point=place, accuracy_metres=10, _class=None)
        timed("class suggestions", app.around, question)
        timed("sync page", app.sync_status)
        timed("change counters", app.change_counters)


def hand_over(app, draft, details, nothing):
    """The crossing by itself: as many bytes that are no picture, which the core says at once."""
    try:
        app.attach_to_draft(draft, details, nothing)
    except core.FieldError.Failed as refused:
        assert refused.code == "photo_not_a_picture", refused
    else:
        raise AssertionError("no picture was taken for one")


def take_photo(app, photo):
    draft = app.new_draft()
    details = core.PhotoDetails(purpose=core.PhotoPurpose.FOUND)
    timed("4 MB handed over", hand_over, app, draft, details, bytes(len(photo)))
    name = timed("photo kept with its copies", app.attach_to_draft, draft, details, photo)
    content = app.draft(draft).content
    content._class, content.point = "road_damage", CORNER
    timed("draft saved", app.save_draft, draft, content)
    case = timed("report", app.report, draft)
    timed("comment", app.comment, case, "夜间无照明")
    timed("photo read", app.photo_bytes, name)


def main(store, photo, runs):
    runs = int(runs)
    store = pathlib.Path(store)
    before = memory("VmRSS:")
    keys = core.software_key((store / "device.key").read_bytes())
    wrapper = core.software_key_wrapper((store / "store.key").read_bytes())
    for _ in range(runs):
        app = timed("open", core.FieldApp.open, str(store), keys, wrapper)
        rows = timed("first page", app.cases, None, ROWS)
        timed("next page", app.cases, page_end(rows), ROWS)
        timed("home", app.home, CORNER, 20)
        timed("suspend", app.suspend)
        app.shut_down()
    app = core.FieldApp.open(str(store), keys, wrapper)
    sample = turn_pages(app, runs)
    look_up(app, sample, runs * QUESTIONS)
    after = memory("VmRSS:")
    photo = pathlib.Path(photo).read_bytes()
    for _ in range(min(runs, PHOTOS_MAX)):
        take_photo(app, photo)
    app.shut_down()
    measured = {
        "millis": millis,
        "memory_before_kb": before,
        "memory_kb": after,
        "memory_peak_kb": memory("VmHWM:"),
    }
    print(json.dumps(measured))


main(*sys.argv[1:])
