"""Letters on the screen: threads, who owes an answer, e-mail brought in and pasted."""

from branch_desk.correspondence.page.listing import LettersPage

__all__ = ["LettersPage"]
