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

KILLS = 200

# A process that has everything loaded already forks a writer for each kill, and says when one
# is gone. A writer prints its own id, then the number of each change once it is committed.
NURSERY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from sqlite_utils.migrations import Migrations
from branch_desk.store.keys import RawKey
from branch_desk.store.registry import Kind, Slice
from branch_desk.store.store import Store

path, key, salt = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])
Store.settle_seconds = 0.002
migrations = Migrations("people")

@migrations()
def m001_start(db):
    raise AssertionError("it has run")

people = Slice("people", migrations, (Kind("person", "person", "surname", ("surname",)),))

def write(number):
    random = Random(number)
    store = Store.open(path, RawKey(key, salt), [people], random=random, actor="writer",
                       clock=lambda: datetime(2026, 5, 14, 12, tzinfo=UTC))
    os.write(1, b"pid %d\\n" % os.getpid())
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
            write(int(line))
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    os.write(1, b"gone\\n")
"""


@pytest.fixture
def nursery(closed, key):
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, closed, key.key.hex(), key.salt.hex()],
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


def killed(nursery, first, random):
    """Let a writer begin with change `first`, kill it, and return the changes it acknowledged."""
    nursery.stdin.write(f"{first}\n")
    kind, pid = nursery.stdout.readline().split()
    assert kind == "pid"
    wanted, did = random.randrange(6), []
    while len(did) < wanted:
        did.append(nursery.stdout.readline().split())
    idle(random.random() * 0.004)
    os.kill(int(pid), signal.SIGKILL)
    while (line := nursery.stdout.readline().split()) != ["gone"]:
        did.append(line)
    assert all(kind == "did" for kind, _ in did)
    return {int(number) for _, number in did}


def test_two_hundred_kills_lose_nothing_and_leave_nothing_half(nursery, closed, key, opening):
    random = Random(20260514)
    acknowledged, first = set(), 1
    for _ in range(KILLS):
        did = killed(nursery, first, random)
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
    assert len(acknowledged) > KILLS
