import pytest

from branch_desk.branch.page import BranchPage


@pytest.fixture
def page(shown, qtbot):
    made = shown(BranchPage)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def orders(page, settled, qtbot):
    """The standing orders, every part of them built."""
    page.show_tab("orders")
    qtbot.waitUntil(lambda: not page.orders._parts)
    settled()
    return page.orders.orders
