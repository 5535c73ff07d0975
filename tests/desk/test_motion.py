import pytest
from PySide6.QtWidgets import QWidget

from branch_desk.desk import motion


@pytest.fixture(autouse=True)
def nobody_asked(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    motion.asked_for_less.cache_clear()
    yield
    motion.asked_for_less.cache_clear()


@pytest.fixture
def shown(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_fade_is_short_and_leaves_no_effect_behind(shown, look, qtbot):
    fade = motion.fade_in(shown, look)
    assert fade.duration() <= 120
    with qtbot.waitSignal(fade.finished):
        pass
    qtbot.waitUntil(lambda: shown.graphicsEffect() is None)


def test_nothing_fades_where_the_user_asks_for_less(shown, look):
    look.less_motion = True
    assert motion.fade_in(shown, look) is None
    assert shown.graphicsEffect() is None


@pytest.mark.parametrize(
    ("file", "text", "less"),
    [
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=1\n", False),
        ("kdeglobals", "no section\n", False),
    ],
)
def test_nothing_fades_where_the_system_asks_for_less(shown, look, tmp_path, file, text, less):
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert motion.asked_for_less() is less
    assert (motion.fade_in(shown, look) is None) is less


def test_a_desktop_that_does_not_answer_is_not_waited_for(monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus")
    assert motion.asked_for_less() is False


@pytest.mark.parametrize(("platform", "reader"), [("win32", "_windows"), ("darwin", "_mac")])
def test_each_system_is_asked_in_its_own_way(monkeypatch, platform, reader):
    monkeypatch.setattr(motion.sys, "platform", platform)
    monkeypatch.setattr(motion, reader, lambda: True)
    assert motion.asked_for_less() is True


def test_windows_is_asked_for_its_own_switch(monkeypatch):
    import ctypes

    class User32:
        def SystemParametersInfoW(self, _action, _size, answer, _flags):  # noqa: N802 -- Windows' name
            answer._obj.value = 0

    class Dlls:
        user32 = User32()

    monkeypatch.setattr(ctypes, "windll", Dlls(), raising=False)
    assert motion._windows() is True


def test_a_mac_without_the_switch_does_not_ask_for_less(tmp_path):
    assert motion._mac() is False
