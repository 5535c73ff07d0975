"""A process that writes is killed at any moment: what it acknowledged is there, nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from random import Random

import pytest

from branch_desk.store import backup
from branch_desk.store.errors import WrongRecoveryKey
from branch_desk.store.keys import RawKey

KILLS = 200
OTHER = RawKey(bytes(range(32)), bytes(range(100, 116)))

# A process that has everything loaded already forks a writer for each kill, and says when one
# is gone. A writer prints its own id, then the number of each change once it is committed.
NURSERY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from branch_desk.store import backup
from branch_desk.store.keys import RawKey
from branch_desk.store.registry import Kind, Migrations, Slice
from branch_desk.store.store import Store

path = Path(sys.argv[1])
keys = [RawKey(bytes.fromhex(each)[:32], bytes.fromhex(each)[32:]) for each in sys.argv[2:]]
Store.settle_seconds = 0.002
migrations = Migrations("people")

@migrations()
def m001_start(db):
    raise AssertionError("it has run")

people = Slice("people", migrations, (Kind("person", "person", "surname", ("surname",)),))

def opened(key):
    store = Store.open(path, key, [people], random=Random(1), actor="writer",
                       clock=lambda: datetime(2026, 5, 14, 12, tzinfo=UTC))
    os.write(1, b"pid %d\\n" % os.getpid())
    return store

def rekey(current):
    store = opened(keys[current])
    while True:
        current = 1 - current
        backup.rekey(store._connections, keys[current], store.registry)
        os.write(1, b"did %d\\n" % current)

def write(number):
    random = Random(number)
    store = opened(keys[0])
    while True:
        with store.change(f"Change {number}") as change:
            size = random.choice((1, 1, 1, 2, 40))
            for part in range(size):
                person = change.insert("person", surname=f"{number}/{size}")
                change.insert("note", person=person, body=str(number))
            if random.random() < 0.2:
                change.attach(random.randbytes(6_000), "x", "x/x")
        os.write(1, b"did %d\\n" % number)
        number += 1

for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            deed, number = line.split()
            {"write": write, "rekey": rekey}[deed](int(number))
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    os.write(1, b"gone\\n")
"""


@pytest.fixture
def nursery(closed, key):
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            NURSERY,
            closed,
            *((each.key + each.salt).hex() for each in (key, OTHER)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        yield process
        process.stdin.close()


def idle(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def killed(nursery, deed, first, random):
    """Let a writer begin with number `first`, kill it, and return the numbers it acknowledged."""
    nursery.stdin.write(f"{deed} {first}\n")
    kind, pid = nursery.stdout.readline().split()
    assert kind == "pid"
    wanted, did = random.randrange(6 if deed == "write" else 2), []
    while len(did) < wanted:
        did.append(nursery.stdout.readline().split())
    idle(random.random() * (0.004 if deed == "write" else 0.04))
    os.kill(int(pid), signal.SIGKILL)
    while (line := nursery.stdout.readline().split()) != ["gone"]:
        did.append(line)
    assert all(kind == "did" for kind, _ in did)
    return [int(number) for _, number in did]


def test_two_hundred_kills_lose_nothing_and_leave_nothing_half(nursery, closed, key, opening):
    random = Random(20260514)
    acknowledged, first, total = set(), 1, 0
    fresh = closed.read_bytes()
    for kill in range(KILLS):
        if kill % 20 == 0:  # a file that only grows would make the checks long, not better
            closed.write_bytes(fresh)
            acknowledged, first, total = set(), 1, total + len(acknowledged)
        did = set(killed(nursery, "write", first, random))
        assert not acknowledged & did
        acknowledged |= did
        with opening(closed, key) as store:
            found = {}
            for row in store.rows(
                "SELECT surname, body FROM person LEFT JOIN note ON note.person = person.id"
                " WHERE surname LIKE '%/%'"
            ):
                number, size = map(int, row["surname"].split("/"))
                assert row["body"] == str(number)
                found.setdefault(number, []).append(size)
            assert all(set(sizes) == {len(sizes)} for sizes in found.values())
            assert acknowledged <= found.keys()
            assert len(found.keys() - acknowledged) <= 1
            acknowledged |= found.keys()
            verified = backup.verify(store)
            assert verified.fine, verified
            assert verified.changes == 1 + len(found)
        first = max(found, default=0) + 1
    assert total + len(acknowledged) > KILLS


def test_a_kill_while_the_passphrase_is_changed_leaves_the_old_one_or_the_new_one(
    nursery, closed, key, opening
):
    random = Random(20260515)
    keys, current, changed = (key, OTHER), 0, 0
    for _ in range(KILLS // 5):
        did = killed(nursery, "rekey", current, random)
        told = did[-1] if did else current
        changed += len(did)
        try:
            store = opening(closed, keys[told])
            current = told
        except WrongRecoveryKey:  # the next change was done and not yet acknowledged
            current = 1 - told
            store = opening(closed, keys[current])
        with store:
            assert store.column("SELECT surname FROM person") == ["Okonkwo"]
            assert backup.verify(store).fine
        assert [each.name for each in closed.parent.iterdir()] == [closed.name]
    assert changed
