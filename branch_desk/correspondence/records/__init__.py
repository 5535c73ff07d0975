"""Threads of letters in and out, what was promised in them, and who owes us an answer."""

from branch_desk.correspondence.records.clocks import Waiting, waiting
from branch_desk.correspondence.records.letter import (
    MOST_IN_AN_ENCLOSURE,
    Enclosed,
    Enclosure,
    Letter,
    add_letter,
    correct_automatic,
    duplicate,
    enclosures,
    get,
    ids,
    letters,
    many,
    promise,
)
from branch_desk.correspondence.records.schema import SLICE
from branch_desk.correspondence.records.threads import Thread, close_thread, move, thread
from branch_desk.correspondence.rules import Automatic, Direction, State

__all__ = [
    "MOST_IN_AN_ENCLOSURE",
    "SLICE",
    "Automatic",
    "Direction",
    "Enclosed",
    "Enclosure",
    "Letter",
    "State",
    "Thread",
    "Waiting",
    "add_letter",
    "close_thread",
    "correct_automatic",
    "duplicate",
    "enclosures",
    "get",
    "ids",
    "letters",
    "many",
    "move",
    "promise",
    "thread",
    "waiting",
]
