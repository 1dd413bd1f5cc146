#!/usr/bin/env python3
"""The format of src/guide/seal-format.md, written and read by other hands: Python's hmac, and `cryptography`.

    seal.py vectors [PAGE]      prints the vectors as this script writes them; with a page, compares those of the page
    seal.py write FILE          writes 600 random sealed texts, a JSON object a line
    seal.py read FILE           reads such a file that another implementation wrote

Exits with 1 where something differs.
"""

import base64
import hashlib
import hmac
import json
import random
import struct
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

SIGNED, ENCRYPTED, PADDED = 0x11, 0x12, 0x13
KINDS = {"signed": SIGNED, "encrypted": ENCRYPTED, "padded": PADDED}
LAST_SECOND = 253_402_300_799
COOKIE_OCTETS = {0x21, *range(0x23, 0x2C), *range(0x2D, 0x3B), *range(0x3C, 0x5C), *range(0x5D, 0x7F)}


def hkdf(master, info, length):
    """RFC 5869, by its letter: no salt means 32 zeros."""
    pseudorandom = hmac.new(bytes(32), master, hashlib.sha256).digest()
    out, block, counter = b"", b"", 1
    while len(out) < length:
        block = hmac.new(pseudorandom, block + info + bytes([counter]), hashlib.sha256).digest()
        out, counter = out + block, counter + 1
    return out[:length]


class Key:
    def __init__(self, master):
        assert len(master) >= 32
        self.id = hkdf(master, b"hardtack v1 key id", 4)
        self.signing = hkdf(master, b"hardtack v1 signed", 32)
        self.encrypting = hkdf(master, b"hardtack v1 encrypted", 32)


def encode(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def decode(text):
    """Base64url without padding, and nothing that this would not write."""
    octets = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if encode(octets) != text:
        raise ValueError("malformed")
    return octets


def head_of(kind, key, expiry):
    return bytes([kind]) + key.id + expiry.to_bytes(5, "big")


def context_of(head, name):
    return head + struct.pack(">H", len(name)) + name


def pad(value, bucket):
    padded = value + b"\x80"
    return padded + bytes(-len(padded) % bucket)


def unpad(padded):
    stripped = padded.rstrip(b"\0")
    if not stripped.endswith(b"\x80"):
        raise ValueError("malformed")
    return stripped[:-1]


def write(kind, master, name, value, expiry=0, nonce=None, bucket=0):
    key = Key(master)
    head = head_of(kind, key, expiry)
    context = context_of(head, name.encode())
    if kind == SIGNED:
        tag = hmac.new(key.signing, context + value, hashlib.sha256).digest()
        return value.decode("ascii") + "." + encode(head + tag)
    plain = pad(value, bucket) if kind == PADDED else value
    return encode(head + nonce + AESGCMSIV(key.encrypting).encrypt(nonce, plain, context))


def read(form, master, name, text, now):
    """The value and the expiry; or ValueError, with the word for why not."""
    if len(name) + len(text) > 4096:
        raise ValueError("malformed")
    try:
        if form == "signed":
            if len(text) < 57 or text[-57] != ".":
                raise ValueError("malformed")
            value, raw = text[:-57].encode(), decode(text[-56:])
            if not set(value) <= COOKIE_OCTETS:
                raise ValueError("malformed")
        else:
            value, raw = None, decode(text)
            if len(raw) < 38:
                raise ValueError("malformed")
    except ValueError:
        raise ValueError("malformed") from None
    key = Key(master)
    kind, expiry = raw[0], int.from_bytes(raw[5:10], "big")
    if kind not in ([SIGNED] if form == "signed" else [ENCRYPTED, PADDED]):
        raise ValueError("malformed")
    if raw[1:5] != key.id:
        raise ValueError("unknown key")
    context = context_of(raw[:10], name.encode())
    if form == "signed":
        tag = hmac.new(key.signing, context + value, hashlib.sha256).digest()
        if not hmac.compare_digest(tag, raw[10:]):
            raise ValueError("not authentic")
    else:
        try:
            value = AESGCMSIV(key.encrypting).decrypt(raw[10:22], raw[22:], context)
        except InvalidTag:
            raise ValueError("not authentic") from None
    if expiry and now >= expiry:
        raise ValueError("expired")
    if expiry > LAST_SECOND:
        raise ValueError("malformed")
    if kind == PADDED:
        value = unpad(value)
    return value, expiry


def row(kind, master, name, value, expiry=0, nonce=None, bucket=0):
    row = {"kind": kind, "master": master.hex(), "name": name}
    try:
        row["value"] = value.decode()
    except UnicodeDecodeError:
        row["value_hex"] = value.hex()
    row["expiry"] = expiry
    if nonce is not None:
        row["nonce"] = nonce.hex()
    if kind == "padded":
        row["bucket"] = bucket
    row["text"] = write(KINDS[kind], master, name, value, expiry, nonce, bucket)
    return row


def vectors():
    counting, fives, long = bytes(range(32)), b"\x55" * 32, bytes(range(100, 164))
    nonce, zeros, ones = bytes(range(0xA0, 0xAC)), bytes(12), b"\xff" * 12
    uuid = b"550e8400-e29b-41d4-a716-446655440000"
    return [
        row("signed", counting, "sid", b"31d4"),
        row("signed", counting, "sid", b""),
        row("signed", counting, "sid", b"31d4", 1_800_003_600),
        row("signed", counting, "__Host-sid", b"31d4", 1_800_003_600),
        row("signed", fives, "sid", b"31d4", 1),
        row("signed", long, "sid", uuid, LAST_SECOND),
        row("signed", counting, "a", b"a.b.c=%C3%A9!~", 1_800_003_600),
        row("signed", counting, "n" * 300, b"v" * 300, 1_800_003_600),
        row("encrypted", counting, "sid", b"31d4", 0, nonce),
        row("encrypted", counting, "sid", b"", 0, nonce),
        row("encrypted", counting, "sid", b"31d4", 1_800_003_600, nonce),
        row("encrypted", counting, "__Host-sid", b"31d4", 1_800_003_600, nonce),
        row("encrypted", fives, "sid", b"31d4", 1, zeros),
        row("encrypted", long, "sid", uuid, LAST_SECOND, ones),
        row("encrypted", counting, "city", "São Paulo; \"1\"".encode(), 1_800_003_600, nonce),
        row("encrypted", counting, "octets", b"\x00\xff\x80\x00", 1_800_003_600, nonce),
        row("padded", counting, "sid", b"31d4", 0, nonce, 16),
        row("padded", counting, "sid", b"", 1_800_003_600, nonce, 16),
        row("padded", counting, "sid", b"0123456789abcdef", 1_800_003_600, nonce, 16),
        row("padded", fives, "octets", b"\x80\x00", 1_800_003_600, zeros, 64),
    ]


def compare(path):
    lines = open(path, encoding="utf-8").read().splitlines()
    found = [line for line in lines if line.startswith('{"kind"')]
    expected = [json.dumps(row, ensure_ascii=False) for row in vectors()]
    for row in vectors():
        form = "signed" if row["kind"] == "signed" else "encrypted"
        value, expiry = read(form, bytes.fromhex(row["master"]), row["name"], row["text"], 0)
        assert (value, expiry) == (value_of(row), row["expiry"]), row
    if found != expected:
        print(f"{path} has other vectors than this script writes", file=sys.stderr)
        return 1
    print(f"{len(found)} vectors are as this script writes them, and read back")
    return 0


def value_of(row):
    return row["value"].encode() if "value" in row else bytes.fromhex(row["value_hex"])


def write_file(path):
    chance = random.Random()
    token = "!#$%&'*+-.^_`|~" + "".join(map(chr, range(0x30, 0x3A))) + "abcXYZ"
    readable = bytes(sorted(COOKIE_OCTETS))
    with open(path, "w", encoding="utf-8") as file:
        for index in range(600):
            kind = ["signed", "encrypted", "padded"][index % 3]
            length = chance.choice([0, 1, 2, 3, 15, 16, 17, 36, 100, chance.randrange(2500)])
            if kind == "signed":
                value = bytes(chance.choices(readable, k=length))
            elif index % 2:
                value = "".join(chance.choices("aé日🍪; \"\0", k=length // 4)).encode()
            else:
                value = chance.randbytes(length)
            name = "".join(chance.choices(token, k=chance.choice([1, 3, 10, 200])))
            expiry = chance.choice([0, 1_800_000_001, LAST_SECOND, chance.randrange(1_800_000_001, LAST_SECOND)])
            nonce = None if kind == "signed" else chance.randbytes(12)
            line = row(kind, chance.randbytes(chance.choice([32, 33, 64])), name, value, expiry, nonce, chance.choice([1, 16, 64]))
            file.write(json.dumps(line) + "\n")
    return 0


def read_file(path):
    count = differ = 0
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        form = "signed" if row["kind"] == "signed" else "encrypted"
        arguments = form, bytes.fromhex(row["master"]), row["name"], row["text"]
        ok = read(*arguments, row["expiry"] - 1 if row["expiry"] else 0) == (value_of(row), row["expiry"])
        if row["expiry"]:
            try:
                read(*arguments, row["expiry"])
                ok = False
            except ValueError as error:
                ok = ok and str(error) == "expired"
        if not ok:
            differ += 1
            print(f"read otherwise: {line.strip()}", file=sys.stderr)
        count += 1
    print(f"{count} texts of another implementation, {differ} read otherwise")
    return 1 if differ or not count else 0


def main(arguments):
    match arguments:
        case ["vectors"]:
            for vector in vectors():
                print(json.dumps(vector, ensure_ascii=False))
            return 0
        case ["vectors", page]:
            return compare(page)
        case ["write", path]:
            return write_file(path)
        case ["read", path]:
            return read_file(path)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
