"""The phone's bindings from the other side: generated Python against the built library and a real hub.

Called by scripts/bindings-python.sh: smoke.py HUB-BINARY EMPTY-FOLDER, with the generated module beside the library
on the module path. Enrols, reports without a network, shares with a colleague, gives a sealed file to a courier, syncs, and
reads the ruling.
"""

import json
import pathlib
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import xunge_mobile as core

SERVER_START_LINES_MAX = 50
SYNC_STEPS_MAX = 200
ANSWER_SECONDS_MAX = 30
CORNER = core.Point(longitude_e7=1_137_861_000, latitude_e7=347_552_000)


def picture(comment):
    """A whole baseline JPEG of 16 x 16 grey points; the comment makes each another file."""

    def segment(marker, content):
        return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content

    one_code = bytes([1] + [0] * 15 + [0])  # a Huffman table of a single code, for the value 0
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xFE, comment.encode()),
            segment(0xDB, b"\x00" + b"\x01" * 64),
            segment(0xC0, b"\x08" + b"\x00\x10\x00\x10" + b"\x01\x01\x11\x00"),
            segment(0xC4, b"\x00" + one_code),
            segment(0xC4, b"\x10" + one_code),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            b"\x00\xff\xd9",  # four blocks of nothing but their mean
        ]
    )


class KeyStore(core.DeviceSigner):
    """A key store as a phone's app would bring one: written in the foreign language."""

    def __init__(self, key):
        self.key = key
        self.locked = False
        self.signed = 0

    def public_key(self):
        return self.key.public_key()

    def in_hardware(self):
        return False

    def sign(self, bytes):
        if self.locked:
            raise RuntimeError("the key store is locked")
        self.signed += 1
        return self.key.sign(bytes)


class Wrapping(core.KeyWrapper):
    """What wraps the store's key, as a phone's app would bring it: written in the foreign language."""

    def __init__(self, wrapper):
        self.wrapper = wrapper
        self.locked = False

    def in_hardware(self):
        return False

    def wrap_key(self, key):
        return self.wrapper.wrap_key(key)

    def unwrap_key(self, wrapped):
        if self.locked:
            raise RuntimeError("the key store is locked")
        return self.wrapper.unwrap_key(wrapped)

    def destroy_key(self):
        self.wrapper = core.software_key_wrapper(bytes([9] * 32))


def refused(code, work, *arguments):
    """Runs something that must fail with this code, in words for a person."""
    try:
        work(*arguments)
    except core.FieldError.Failed as cause:
        assert cause.code == code, cause
        assert cause.zh and cause.en, cause
        return cause
    raise AssertionError(f"{work} did not fail with {code}")


class Server:
    """A hub process on loopback with the demo city."""

    def __init__(self, binary, folder):
        # It takes photos however full the disk of this machine is.
        command = [binary, "demo", "--data", folder, "--cases", "10", "--listen", "127.0.0.1:0", "--refuse-photos-at", "100"]
        self.binary, self.folder = binary, folder
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = self.wait_for("listening on ")
        # The last line of the greeting: nobody reads the pipe after it.
        self.wait_for("入网码 ")

    def wait_for(self, start):
        for _ in range(SERVER_START_LINES_MAX):
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(f"the hub ended with {self.process.wait()}")
            if line.startswith(start):
                return line.removeprefix(start).strip()
        raise AssertionError(f"the hub never said {start!r}")

    def enrolment_code(self, person):
        command = [self.binary, "enrol", "--data", self.folder, "--person", person, "--json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["code"]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def perform(url, request):
    """What an app does with a request: any answer is handed back with its bytes, none is none."""
    assert urllib.parse.urlsplit(url).hostname == "127.0.0.1", url
    asked = urllib.request.Request(
        url + request.path,
        data=request.body or None,
        headers=request.headers,
        method=request.method.name,
    )
    # No proxy of the environment between the test and the hub beside it.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=ANSWER_SECONDS_MAX) as answer:
            return core.HttpAnswer.ANSWERED(status=answer.status, body=answer.read())
    except urllib.error.HTTPError as answer:
        return core.HttpAnswer.ANSWERED(status=answer.code, body=answer.read())
    except urllib.error.URLError:
        return core.HttpAnswer.UNREACHABLE()


def sync(app):
    """Runs requests until the core has nothing left to send."""
    app.start_sync()
    for _ in range(SYNC_STEPS_MAX):
        request = app.next_request()
        if request is None:
            return
        step = app.on_answer(perform(app.server_url(), request))
        assert step.retry_after_millis is None, step.problem
        assert step.refused is None, step.refused
    raise AssertionError(f"still not done after {SYNC_STEPS_MAX} requests")


def enrol(app, server, person):
    refused("not_enrolled", app.next_request)
    refused("invalid_input", app.begin_enrolment, server.url, "no code")
    code = server.enrolment_code(person)
    start = app.begin_enrolment(server.url, code)
    assert start.server_pin is None, "a server without TLS has no certificate to pin"
    refused("no_network", app.finish_enrolment, start.enrolment, core.HttpAnswer.UNREACHABLE())
    me = app.finish_enrolment(start.enrolment, perform(server.url, start.request))
    assert me.id == person and core.Role.GRID_WORKER in me.roles, me
    assert app.me() == me and app.server_url() == server.url


def report_offline(app, keys):
    """A case without a network: durable and in the list at once, and truthful about where it is."""
    draft = app.new_draft()
    refused("unknown_class", app.report, draft)
    refused("not_found", app.pick_possible_duplicate, draft, draft)
    refused("unknown_class", app.pick_class, draft, "sinkhole")
    around = app.around_draft(draft)
    assert around.point is None and around.duplicates == [], around
    road = next(each for each in app.classes() if each.zh == "路面破损")
    assert road.en == "Road damage" and road.major_zh == "市容环境", road
    photo = core.PhotoDetails(purpose=core.PhotoPurpose.FOUND, caption="路面坑洞")
    refused("photo_not_a_picture", app.attach_to_draft, draft, photo, b"no picture at all")
    original = picture("found")
    content = app.draft(draft).content
    name = app.attach_to_draft(draft, photo, original)
    content._class = "road_damage"
    content.title = "路面坑洞"
    content.description = "约半米宽，位于路口转角"
    content.point = CORNER
    app.save_draft(draft, content)

    keys.locked = True
    assert "locked" in refused("device_key", app.report, draft).en
    keys.locked = False
    case = app.report(draft)
    assert keys.signed >= 2, "the photo and the request are sealed"
    assert app.drafts(None, 10) == []
    app.comment(case, "夜间无照明")

    [row] = app.search("坑洞", 10)
    assert row.id == case and row.delivery == core.Delivery.ON_DEVICE(), row
    assert row.delivery_zh == "在本机" and row.state == core.CaseState.DRAFT, row
    assert app.near(CORNER, 5)[0].id == case
    assert app.search("坑洞", 10, case) == [] and app.near(CORNER, 5, core.CaseFilter.ENDED) == []
    assert [each.id for each in app.cases(None, 10, core.CaseFilter.UNSENT)] == [case]
    home = app.home(CORNER, 10)
    assert home.me == app.me() and [each.id for each in home.recent] == [case] and home.waiting == 1, home
    assert app.resolve(row.local_code) == case
    assert app.photo_bytes(name) == original
    page = app.show(case)
    assert page.provisional_state == core.CaseState.REPORTED
    assert [note.text for note in page.comments] == ["夜间无照明"]
    assert app.sync_status().texts_unsent == 2

    # The same matter once more: said before it is reported, and never in the way.
    again = app.begin_with_photo(photo, picture("again"))
    app.pick_class(again, "road_damage")
    content = app.draft(again).content
    content.point = CORNER
    app.save_draft(again, content)
    around = app.around_draft(again)
    [likely] = around.duplicates
    assert likely.case == case and likely.metres == 0 and "相距 0 米" in likely.zh, likely
    assert around.grids[0].share == 1.0 and around.classes[0].why == core.ClassReason.USED_LATELY, around
    app.pick_possible_duplicate(again, case)
    assert app.draft(again).content.possible_duplicate_of == case
    app.discard_draft(again)
    return case, name


def meet(one, other):
    """Two apps that hand each other their messages; what each was brought."""
    apps = (one, other)
    meetings = [app.begin_sharing() for app in apps]
    waiting = [[meetings[1].first], [meetings[0].first]]
    done = [False, False]
    for turn in range(SYNC_STEPS_MAX):
        side = turn % 2
        while waiting[side]:
            step = apps[side].on_shared(meetings[side].sharing, waiting[side].pop(0))
            waiting[1 - side] += step.send
            done[side] = step.done
        if all(done):
            return [meeting.sharing.brought() for meeting in meetings]
    raise AssertionError("they never came to an end")


def exchange(app, case, server, folder):
    """Without the hub: a colleague gets the case, and somebody who may not see it carries it up."""

    def phone(name, person, number):
        place = folder / name
        place.mkdir()
        keys = KeyStore(core.software_key(bytes([number] * 32)))
        phone = core.FieldApp.open(str(place), keys, Wrapping(core.software_key_wrapper(bytes([number] * 32))))
        enrol(phone, server, person)
        return phone

    colleague = phone("colleague", "worker-putian-2", 10)
    courier = phone("courier", "worker-erqi", 11)
    for_app, for_colleague = meet(app, colleague)
    assert for_app.changes == 0 and for_colleague.cases == [case], for_colleague
    assert [note.text for note in colleague.show(case).comments] == ["夜间无照明"]

    parcel = app.export(True)
    assert parcel.cases == 1 and parcel.photos > 0, parcel
    refused("carried_unreadable", courier._import, parcel.bytes[:-1])
    brought = courier._import(parcel.bytes)
    assert brought.changes == 0 and brought.carried == courier.carried_for_others() > 1, brought
    refused("not_found", courier.show, case)
    sync(courier)
    assert courier.carried_for_others() == 0
    colleague.shut_down()
    courier.shut_down()


def read_the_ruling(app, case, name):
    page = app.show(case)
    assert page.state == core.CaseState.REPORTED and page.state_zh == "已上报", page
    [event] = page.timeline
    assert event.action == core.ActionName.REPORT and event.ruling.accepted, event
    assert page.delivery == core.Delivery.RECEIVED() and page.delivery_zh == "已送达", page
    [photo] = page.photos
    assert photo.sha256 == name and photo.state == core.PhotoState.RECEIVED, photo
    status = app.sync_status()
    assert (status.texts_unsent, status.photo_files_unsent) == (0, 0), status
    assert status.failures == 0 and status.set_aside == [], status


def page_through(app, case):
    """Pages follow each other without a row twice, and the pulled cases of the beat are there."""
    seen, end = [], None
    for _ in range(SYNC_STEPS_MAX):
        rows = app.cases(end, 3)
        if not rows:
            break
        seen += [row.id for row in rows]
        end = core.PageEnd(updated_at=rows[-1].updated_at, id=rows[-1].id)
    assert len(seen) == len(set(seen)) and case in seen, seen


def say_leave(app):
    """A leave waits on the phone until the hub has it; a task that nobody offered is not declined."""
    begins = 4_102_444_800_000  # 2100: the phone shows none that is long over
    refused("leave_backwards", app.say_leave, begins, begins, "")
    leave = app.say_leave(begins, begins + 3_600_000, "复诊")
    [waiting] = app.leaves()
    assert waiting.id == leave and waiting.delivery == core.DutyDelivery.ON_DEVICE, waiting
    sync(app)
    app.take_back_leave(leave)
    [said] = app.leaves()
    assert said.delivery == core.DutyDelivery.RECEIVED and said.taken_back == core.DutyDelivery.ON_DEVICE, said
    refused("not_found", app.decline_task, "00" * 16, core.DeclineCause.TOO_FAR, "")


def main(binary, folder):
    folder = pathlib.Path(folder)
    keys = KeyStore(core.software_key(bytes([7] * 32)))
    refused("invalid_input", core.software_key, b"short")
    wrapping = Wrapping(core.software_key_wrapper(bytes([8] * 32)))
    refused("invalid_input", core.software_key_wrapper, b"short")
    server = Server(binary, str(folder / "hub"))
    try:
        phone = folder / "phone"
        phone.mkdir()
        app = core.FieldApp.open(str(phone), keys, wrapping)
        enrol(app, server, "worker-putian")
        protection = app.store_protection()
        assert protection.encrypted and not protection.in_hardware, protection
        case, name = report_offline(app, keys)
        # The phone sleeps and wakes, and then its app is killed and started again.
        app.suspend()
        app.resume()
        app.shut_down()
        refused("shut_down", app.show, case)
        wrapping.locked = True
        assert "locked" in refused("store_key_unavailable", core.FieldApp.open, str(phone), keys, wrapping).en
        wrapping.locked = False
        salvaged = core.salvage(str(phone), keys, wrapping)
        assert salvaged.incomplete == [] and salvaged.unsent == 2 and "没有丢失" in salvaged.zh, salvaged
        found = b"".join(file.read_bytes() for file in phone.rglob("*") if file.is_file())
        assert "路面坑洞".encode() not in found and picture("found")[40:72] not in found
        app = core.FieldApp.open(str(phone), keys, wrapping)
        exchange(app, case, server, folder)
        before = app.change_counters()
        sync(app)
        assert app.change_counters().cases > before.cases
        read_the_ruling(app, case, name)
        page_through(app, case)
        say_leave(app)
        # A worker may ask for what only a clerk can grant: told at once, nothing is written.
        refused("wrong_role", app.act, case, core.Act.ACCEPT())
        refused("invalid_input", app.show, "no case")
        app.wipe()
        assert app.me() is None and app.cases(None, 10) == []
        app.shut_down()
    finally:
        server.stop()
    print("bindings: enrolled, reported offline, exchanged, synced, ruled")


if __name__ == "__main__":
    main(*sys.argv[1:])
