"""Threads of letters in and out, what was promised in them, and who owes whom an answer."""

from typing import TYPE_CHECKING

from branch_desk import lazily
from branch_desk.correspondence.records.schema import SLICE
from branch_desk.correspondence.rules import Automatic, Direction, State

if TYPE_CHECKING:
    from branch_desk.correspondence.records.clocks import (
        Owing,
        Standings,
        Waiting,
        exchanges,
        standings,
        waiting,
    )
    from branch_desk.correspondence.records.letter import (
        MOST_IN_AN_ENCLOSURE,
        Enclosed,
        Enclosure,
        Letter,
        add_letter,
        correct_automatic,
        duplicate,
        enclosures,
        enclosures_of,
        get,
        ids,
        letters,
        many,
        promise,
        want_answer,
    )
    from branch_desk.correspondence.records.lines import (
        ThreadLine,
        closed_threads,
        offices,
        thread_ids,
        thread_lines,
        threads_with_automatic,
    )
    from branch_desk.correspondence.records.resigning import (
        Leaving,
        Unconfirmed,
        ask_to_confirm,
        leaving,
        record_resignation,
        say_stays,
        threads_leaving,
        unconfirmed,
        writer,
    )
    from branch_desk.correspondence.records.sending import (
        ABOUT,
        Outgoing,
        answer_to,
        chaser,
        send,
        tie,
        untie,
    )
    from branch_desk.correspondence.records.threads import (
        Thread,
        close_thread,
        move,
        remove,
        thread,
    )
else:
    __getattr__ = lazily.parts(
        __name__,
        {
            "clocks": "Owing Standings Waiting exchanges standings waiting",
            "letter": (
                "MOST_IN_AN_ENCLOSURE Enclosed Enclosure Letter add_letter correct_automatic "
                "duplicate enclosures enclosures_of get ids letters many promise want_answer"
            ),
            "lines": (
                "ThreadLine closed_threads offices thread_ids thread_lines threads_with_automatic"
            ),
            "resigning": (
                "Leaving Unconfirmed ask_to_confirm leaving record_resignation say_stays "
                "threads_leaving unconfirmed writer"
            ),
            "sending": "ABOUT Outgoing answer_to chaser send tie untie",
            "threads": "Thread close_thread move remove thread",
        },
    )

__all__ = [
    "ABOUT",
    "MOST_IN_AN_ENCLOSURE",
    "SLICE",
    "Automatic",
    "Direction",
    "Enclosed",
    "Enclosure",
    "Leaving",
    "Letter",
    "Outgoing",
    "Owing",
    "Standings",
    "State",
    "Thread",
    "ThreadLine",
    "Unconfirmed",
    "Waiting",
    "add_letter",
    "answer_to",
    "ask_to_confirm",
    "chaser",
    "close_thread",
    "closed_threads",
    "correct_automatic",
    "duplicate",
    "enclosures",
    "enclosures_of",
    "exchanges",
    "get",
    "ids",
    "leaving",
    "letters",
    "many",
    "move",
    "offices",
    "promise",
    "record_resignation",
    "remove",
    "say_stays",
    "send",
    "standings",
    "thread",
    "thread_ids",
    "thread_lines",
    "threads_leaving",
    "threads_with_automatic",
    "tie",
    "unconfirmed",
    "untie",
    "waiting",
    "want_answer",
    "writer",
]
