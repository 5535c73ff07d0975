import subprocess
from shutil import which

import pytest

from branch_desk.desk.lock.sleeping import SCREEN_SAVERS, Sleeping, session_path

DBus = pytest.importorskip("PySide6.QtDBus")


@pytest.fixture
def bus(tmp_path, qapp):
    """A bus of this test's own, connected twice: the desk's side and the system's."""
    daemon = which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon on this computer")
    command = [daemon, "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(
        [*command, f"--address=unix:tmpdir={tmp_path}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        address = process.stdout.readline().strip()
        names = ("desk's", "system's")
        yield [DBus.QDBusConnection.connectToBus(address, name) for name in names]
        for name in names:
            DBus.QDBusConnection.disconnectFromBus(name)
        process.terminate()


def heard_by(bus):
    """Wait until the bus knows what this side listens to: it answers in turn."""
    bus.interface().isServiceRegistered("org.freedesktop.DBus")


def send(bus, path, interface, name, *arguments):
    message = DBus.QDBusMessage.createSignal(path, interface, name)
    message.setArguments([*arguments])
    assert bus.send(message)


def test_the_desk_hears_that_the_computer_goes_to_sleep(bus, qtbot, monkeypatch):
    monkeypatch.setenv("XDG_SESSION_ID", "1")
    desk, system = bus
    sleeping = Sleeping()
    assert sleeping.listen_to_system(desk)
    heard_by(desk)
    manager = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
    with qtbot.waitSignal(sleeping.due, timeout=8_000):
        send(system, *manager, True)
    heard = []
    sleeping.due.connect(lambda: heard.append(1))
    send(system, *manager, False)  # it wakes
    session = "org.freedesktop.login1.Session"
    send(system, "/org/freedesktop/login1/session/_32", session, "Lock")  # somebody else's
    with qtbot.waitSignal(sleeping.due, timeout=8_000):
        send(system, "/org/freedesktop/login1/session/_31", session, "Lock")
    assert heard == [1]


@pytest.mark.parametrize("saver", SCREEN_SAVERS)
def test_the_desk_hears_each_desktops_screen_lock(bus, qtbot, saver):
    desk, system = bus
    sleeping = Sleeping()
    assert sleeping.listen_to_session(desk)
    heard_by(desk)
    with qtbot.waitSignal(sleeping.due, timeout=8_000):
        send(system, "/" + saver.replace(".", "/"), saver, "ActiveChanged", True)


def test_without_a_bus_nothing_happens(qapp):
    nowhere = DBus.QDBusConnection("not connected")
    assert not Sleeping().listen_to_system(nowhere)
    assert not Sleeping().listen_to_session(nowhere)


@pytest.mark.parametrize(
    ("session", "path"),
    [
        ("", ""),
        ("1", "/org/freedesktop/login1/session/_31"),
        ("c2", "/org/freedesktop/login1/session/c2"),
        ("a-é", "/org/freedesktop/login1/session/a_2d_e9"),
    ],
)
def test_a_login_session_is_found_by_its_name(session, path):
    assert session_path(session) == path
