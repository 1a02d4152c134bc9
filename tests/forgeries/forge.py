"""Forges bundles and asks `xunge verify` what it makes of each.

Shares no code with it: its own CBOR, its own Merkle tree, keys and signatures by openssl. A forger here knows the grammar
of a bundle as well as its maker, sums up again whatever was changed, and some have stolen a key.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from base64 import b64encode
from pathlib import Path

SUMS, SIGNED = "SHA256SUMS", "SHA256SUMS.sig"


# --- CBOR, as much of it as a bundle has -------------------------------------------------------------------------


def decode(data):
    value, rest = item(data)
    assert not rest
    return value


def item(data):
    major, short = data[0] >> 5, data[0] & 31
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(short, 0)
    argument = int.from_bytes(data[1 : 1 + width], "big") if width else short
    rest = data[1 + width :]
    if major == 0:
        return argument, rest
    if major == 1:
        return -1 - argument, rest
    if major in (2, 3):
        content, rest = rest[:argument], rest[argument:]
        return (bytes(content) if major == 2 else content.decode()), rest
    if major == 4:
        items = []
        for _ in range(argument):
            one, rest = item(rest)
            items.append(one)
        return items, rest
    if major == 7:
        return {20: False, 21: True, 22: None}[argument], rest
    raise ValueError(major)


def head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    for short, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * width):
            return bytes([major << 5 | short]) + argument.to_bytes(width, "big")
    raise ValueError(argument)


def encode(value):
    if value is None or isinstance(value, bool):
        return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    return head(4, len(value)) + b"".join(map(encode, value))


# --- Keys, by openssl --------------------------------------------------------------------------------------------


def openssl(*arguments, given=b""):
    return subprocess.run(["openssl", *arguments], input=given, capture_output=True, check=True).stdout


class Key:
    """A P-256 secret."""

    def __init__(self, secret):
        der = bytes.fromhex("30310201010420") + secret + bytes.fromhex("a00a06082a8648ce3d030107")
        self.file = tempfile.NamedTemporaryFile(suffix=".pem")
        self.file.write(openssl("ec", "-inform", "DER", "-outform", "PEM", given=der))
        self.file.flush()
        point = openssl("ec", "-in", self.file.name, "-pubout", "-conv_form", "compressed", "-outform", "DER")
        self.public = point[-33:]
        text = b64encode(point).decode()
        self.pem = f"-----BEGIN PUBLIC KEY-----\n{text[:64]}\n{text[64:]}\n-----END PUBLIC KEY-----\n".encode()

    def sign(self, message):
        return openssl("dgst", "-sha256", "-sign", self.file.name, given=message)


def raw(der):
    """r ‖ s of a signature in DER."""
    r_length = der[3]
    r, rest = der[4 : 4 + r_length], der[4 + r_length :]
    return b"".join(number.lstrip(b"\0").rjust(32, b"\0") for number in (r, rest[2:]))


# --- The log -----------------------------------------------------------------------------------------------------


def sha(data):
    return hashlib.sha256(data).digest()


def split(size):
    return 1 << ((size - 1).bit_length() - 1)


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    left = split(len(leaves))
    return sha(b"\1" + root(leaves[:left]) + root(leaves[left:]))


def path(place, leaves):
    if len(leaves) == 1:
        return []
    left = split(len(leaves))
    if place < left:
        return path(place, leaves[:left]) + [("R", root(leaves[left:]))]
    return path(place - left, leaves[left:]) + [("L", root(leaves[:left]))]


def relog(files, hub, edit=lambda lines: lines):
    """Who has the hub's key makes a log of his own, of the lines of the bundle alone, and signs it."""
    names = [name[: -len(".entry")] for name in files if name.endswith(".entry")]
    lines = sorted(((decode(files[name + ".entry"]), name) for name in names), key=lambda line: line[0][1])
    lines = edit(lines)
    for place, (line, _) in enumerate(lines):
        line[1] = place + 1
    leaves = [sha(b"\0" + encode(line)) for line, _ in lines]
    for place, (line, name) in enumerate(lines):
        files[name + ".entry"] = encode(line)
        files[name + ".proof"] = "".join(f"{side} {other.hex()}\n" for side, other in path(place, leaves)).encode()
        folder = name.rsplit("/", 1)[0]
        if name.endswith("/received"):
            readable = json.loads(files[f"{folder}/readable.json"])
            readable["received"] = {**readable["received"], "line": line[1]}
            files[f"{folder}/readable.json"] = pretty(readable)
    before = files["log/checkpoint.txt"].decode()
    text = before.split("\n")
    text[1], text[2] = str(len(leaves)), b64encode(root(leaves)).decode()
    body = "\n".join(text[:4]) + "\n"
    origin = text[0]
    key_id = sha(origin.encode() + b"\n\xffxunge-es256" + hub.public)[:4]
    signature = hub.sign(body.encode())
    files["log/checkpoint.signed"] = body.encode()
    files["log/checkpoint.sig"] = signature
    files["log/checkpoint.txt"] = f"{body}\n— {origin} {b64encode(key_id + raw(signature)).decode()}\n".encode()
    files.pop("log/consistency.txt", None)


# --- Bundles -----------------------------------------------------------------------------------------------------


def pretty(value):
    return (json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()


def read(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sum_up(files, hub=None):
    """The list of checksums, made again as anybody can; signed again by who has the hub's key."""
    names = sorted((name for name in files if name not in (SUMS, SIGNED)), key=str.encode)
    files[SUMS] = "".join(f"{sha(files[name]).hex()}  {name}\n" for name in names).encode()
    if hub:
        files[SIGNED] = hub.sign(files[SUMS])


def write(files, to, like):
    """As the hub writes it, to the byte: a forger would not stumble over that."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files, key=str.encode):
            entry = zipfile.ZipInfo(name)
            for field in ("create_system", "create_version", "extract_version", "external_attr"):
                setattr(entry, field, getattr(like, field))
            archive.writestr(entry, files[name])


def folders(files, with_file):
    return sorted(name.rsplit("/", 1)[0] for name in files if name.endswith("/" + with_file))


def state(files, folder):
    """The statement over what lies in a folder, made again."""
    document = bytes.fromhex(json.loads(files["case.json"])["document"].replace("-", ""))
    old = files[f"{folder}/statement.bin"]
    assert old[11:27] == document
    files[f"{folder}/statement.bin"] = old[:42] + sha(files[f"{folder}/entry.cbor"]) + files[f"{folder}/record.cbor"]


def edit(files, folder, file, change):
    value = decode(files[f"{folder}/{file}"])
    change(value)
    files[f"{folder}/{file}"] = encode(value)
    state(files, folder)


class Forger:
    def __init__(self, given):
        self.honest, self.other = read(given.bundle), read(given.other)
        secret = lambda file: Key(Path(file).read_bytes()[:32])
        self.hub, self.device = secret(given.hub_secret), secret(given.device_secret)
        self.colleague = secret(given.colleague_secret)
        photos = folders(self.honest, "original")
        self.photo, self.second = photos[0], photos[1]
        self.pieces = sorted(folders(self.honest, "statement.bin"), key=self.place)
        # One that has records of this case before and behind it.
        self.middle = self.pieces[1]

    def place(self, folder):
        return decode(self.honest[f"{folder}/record.cbor"])[2]

    # Each changes `files` in place, and may answer who signs the list again.

    def edited_pixel(self, files):
        original = bytearray(files[f"{self.photo}/original"])
        original[len(original) // 2] ^= 1
        files[f"{self.photo}/original"] = bytes(original)

    def swapped_photo(self, files):
        one, two = f"{self.photo}/original", f"{self.second}/original"
        files[one], files[two] = files[two], files[one]

    def moved_place(self, files):
        def move(entry):
            entry[6] = [1_136_000_000, 347_000_000]

        edit(files, self.photo, "entry.cbor", move)

    def shifted_time(self, files):
        def shift(entry):
            entry[1] -= 3_600_000

        edit(files, self.photo, "entry.cbor", shift)

    def removed_record(self, files):
        for name in [name for name in files if name.startswith(self.middle + "/")]:
            del files[name]

    def reordered_records(self, files):
        """By the worker himself, who has the key of his device."""
        one, two = self.pieces[0], self.pieces[1]
        seqs = [decode(files[f"{folder}/record.cbor"])[2:4] for folder in (one, two)]
        for folder, (seq, previous) in zip((one, two), reversed(seqs)):
            def renumber(record, seq=seq, previous=previous):
                record[2], record[3] = seq, previous

            edit(files, folder, "record.cbor", renumber)
            files[f"{folder}/signature.der"] = self.device.sign(files[f"{folder}/statement.bin"])

    def replayed_request(self, files):
        """A sealed request of another case, under an intent of this one."""
        ours = next(folder for folder in self.pieces if f"{folder}/original" not in files)
        theirs = next(f for f in folders(self.other, "statement.bin") if f"{f}/original" not in self.other)
        for file in ("entry.cbor", "record.cbor", "statement.bin", "signature.der"):
            files[f"{ours}/{file}"] = self.other[f"{theirs}/{file}"]

    def other_devices_key(self, files):
        files[f"{self.photo}/signature.der"] = self.colleague.sign(files[f"{self.photo}/statement.bin"])
        for name in [name for name in self.other if name.startswith("devices/")]:
            files[name] = self.other[name]

    def revoke(self, files, last, until=None):
        device = folders(files, "key.pem")[0]
        installation = device.split("/")[1]
        name = f"{device}/revoked"

        def enter(lines):
            at = lines[-1][0][2] if last else lines[0][0][2]
            detail = {"installation": installation} | ({"from": until} if until else {})
            line = [1, 0, at, "admin", "device_revoked", json.dumps(detail)]
            return lines + [(line, name)] if last else lines[:1] + [(line, name)] + lines[1:]

        files[f"{name}.entry"] = encode([1, 0, 0, "", "", ""])
        names = {name}
        relog(files, self.hub, lambda lines: enter([line for line in lines if line[1] not in names]))
        return self.hub

    def revoked_before(self, files):
        return self.revoke(files, last=False)

    def revoked_after(self, files):
        return self.revoke(files, last=True)

    def revoked_and_sent_last(self, files):
        """Before, but left a time to send what it held: odd, and no forgery."""
        return self.revoke(files, last=False, until="2099-01-01T00:00:00+08:00")

    def truncated_original(self, files):
        files[f"{self.photo}/original"] = files[f"{self.photo}/original"][:-100]

    def reencoded_original(self, files):
        """The same picture, by another encoder."""
        files[f"{self.photo}/original"] = files[f"{self.photo}/preview"]

    def edited_log_entry(self, files):
        line = decode(files[f"{self.photo}/received.entry"])
        line[3] = "somebody-else"
        files[f"{self.photo}/received.entry"] = encode(line)

    def forked_log(self, files):
        relog(files, self.hub)
        return self.hub

    def missing_derivative(self, files):
        del files[f"{self.photo}/preview"]

    def foreign_receipt(self, files):
        theirs = folders(self.other, "received.entry")[0]
        for file in ("received.entry", "received.proof"):
            files[f"{self.photo}/{file}"] = self.other[f"{theirs}/{file}"]

    def rolled_back_clock(self, files):
        def back(lines):
            for line, name in lines:
                if name.endswith("/received"):
                    line[2] -= 10 * 24 * 3_600_000
            return lines

        relog(files, self.hub, back)
        return self.hub

    def copied_store(self, files):
        """A copy of the device's store sealed something else at the same place."""
        def same_place(record):
            record[2], record[3] = decode(files[f"{self.pieces[0]}/record.cbor"])[2:4]

        edit(files, self.middle, "record.cbor", same_place)
        files[f"{self.middle}/signature.der"] = self.device.sign(files[f"{self.middle}/statement.bin"])

    def renamed_person(self, files):
        def rename(entry):
            entry[0] = "worker-putian-2"

        edit(files, self.photo, "entry.cbor", rename)

    def altered_history(self, files):
        files["history.md"] = files["history.md"].replace("路面".encode(), "水面".encode())

    def foreign_watermark(self, files):
        theirs = folders(self.other, "preview")[0]
        files[f"{self.photo}/preview"] = self.other[f"{theirs}/preview"]


# What each has to be called, in its layer; None where nothing is broken.
EXPECTED = {
    "edited_pixel": ("bytes", "original_changed"),
    "swapped_photo": ("bytes", "original_changed"),
    "moved_place": ("signer", "signature_broken"),
    "shifted_time": ("signer", "signature_broken"),
    "removed_record": ("bytes", "record_missing"),
    "reordered_records": ("signer", "chain_torn"),
    "replayed_request": ("signer", "statement_differs"),
    "other_devices_key": ("signer", "key_of_another"),
    "revoked_before": ("signer", "key_revoked"),
    "revoked_after": None,
    "revoked_and_sent_last": None,
    "truncated_original": ("bytes", "original_changed"),
    "reencoded_original": ("bytes", "original_changed"),
    "edited_log_entry": ("log", "line_not_held"),
    "forked_log": ("log", "log_forked"),
    "missing_derivative": ("bytes", "derivative_missing"),
    "foreign_receipt": ("log", "line_foreign"),
    "rolled_back_clock": ("time", "clock_backwards"),
    "copied_store": ("signer", "chain_forked"),
    "renamed_person": ("signer", "key_of_another"),
    "altered_history": ("bytes", "history_differs"),
    "foreign_watermark": ("bytes", "derivative_changed"),
}


def ask(given, file, witness):
    command = [given.xunge, "verify", str(file), "--json", "--hub-key", given.hub_key]
    if witness:
        command += ["--witness", given.witness]
    run = subprocess.run(command, capture_output=True)
    return run.returncode, json.loads(run.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in (
        "xunge bundle other hub-key witness hub-secret device-secret colleague-secret folder".split()
    ):
        parser.add_argument("--" + name, required=True)
    given = parser.parse_args()
    forger = Forger(given)
    code, report = ask(given, given.bundle, True)
    assert code == 0 and report["holds"], report
    print(f"honest: holds, {report['sealed']} sealed entries")
    like = zipfile.ZipFile(given.bundle).infolist()[0]
    again = Path(given.folder) / "again.zip"
    write(forger.honest, again, like)
    assert again.read_bytes() == Path(given.bundle).read_bytes(), like
    failed = 0
    for name, expected in EXPECTED.items():
        files = dict(forger.honest)
        hub = getattr(forger, name)(files)
        sum_up(files, hub)
        file = Path(given.folder) / f"{name}.zip"
        write(files, file, like)
        # A log of one's own is found by who kept a checkpoint; those with revoked keys are about something else.
        code, report = ask(given, file, not name.startswith("revoked"))
        found = {(finding["layer"], finding["code"]) for finding in report["findings"] if finding["broken"]}
        if expected:
            good = code == 1 and expected in found and not report["layers"][expected[0]]
        else:
            good = code == 0
        failed += not good
        said = ", ".join(sorted(f"{layer}/{code}" for layer, code in found)) or "holds"
        print(f"{'ok  ' if good else 'FAIL'} {name}: {said}")
    sys.exit(1 if failed else 0)


main()
