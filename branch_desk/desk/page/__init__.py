"""What every page is made of: a head, a list quick to search, and the chosen thing in full."""

from typing import TYPE_CHECKING

from branch_desk import lazily

if TYPE_CHECKING:
    from branch_desk.desk.page.head import Elided
    from branch_desk.desk.page.listing import ListPage
    from branch_desk.desk.page.page import Page, Unfinished
else:
    __getattr__ = lazily.parts(
        __name__,
        {
            "head": "Elided",
            "listing": "ListPage",
            "page": "Page Unfinished",
        },
    )

__all__ = ["Elided", "ListPage", "Page", "Unfinished"]
