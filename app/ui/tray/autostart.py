"""Starting the notice when a person signs in: an entry of that person's own, never of the whole computer."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from app.common import PeopleError
from app.filesystem import private_folder, remove_file, write_anew

NAME = "JutakuDaicho"
"""The entry's name; by it and its place the uninstaller removes it (``packaging/windows/installer.nsi``)."""
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_SWITCHED_OFF = 1
"""The lowest bit of the first byte: the person switched the entry off in the system's own list."""

NO_PROGRAM = (
    "この起動のしかたでは、サインインしたときに始められません。インストールした受託台帳で選んでください。"
)
NOT_TAKEN = "サインインしたときに始める設定を、OSが受け付けませんでした。PCの管理者に確かめてください。"


def program() -> Path:
    """The window's own program. Raises ``PeopleError`` where none could be started by itself."""
    name = "jutaku-window.exe" if sys.platform == "win32" else "jutaku-window"
    found = Path(sys.executable).with_name(name)
    # A portable installation keeps its settings elsewhere, of which an entry of the system knows nothing.
    if os.environ.get("JUTAKU_HOME") or not found.is_file():
        raise PeopleError(NO_PROGRAM)
    return found


def switch(on: bool) -> None:
    """Have the notice start at every sign-in, or no more. Raises ``PeopleError`` and changes nothing."""
    try:
        if on:
            _enter(program())
        else:
            _remove()
    except OSError:
        raise PeopleError(NOT_TAKEN) from None


def entered() -> bool:
    """Whether it will start: entered, and not switched off among the system's programs for the sign-in."""
    with suppress(OSError):
        return _is_entered()
    return False


def _entry() -> Path:
    """Where desktops other than Windows look (XDG autostart)."""
    folder = os.environ.get("XDG_CONFIG_HOME")
    return (Path(folder) if folder else Path.home() / ".config") / "autostart" / "jutaku-daicho.desktop"


def _enter(path: Path) -> None:
    if sys.platform == "win32":
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN) as key:
            winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, f'"{path}" --tray')
        with (
            suppress(OSError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, APPROVED, 0, winreg.KEY_SET_VALUE) as key,
        ):
            winreg.DeleteValue(key, NAME)
        return
    entry = _entry()
    private_folder(entry.parent)
    command = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`")
    lines = ("[Desktop Entry]", "Type=Application", "Name=受託台帳", f'Exec="{command}" --tray', "")
    write_anew(entry, "\n".join(lines))


def _remove() -> None:
    if sys.platform == "win32":
        import winreg

        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN, 0, winreg.KEY_SET_VALUE) as key,
        ):
            winreg.DeleteValue(key, NAME)
        return
    remove_file(_entry())


def _is_entered() -> bool:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as key:
            winreg.QueryValueEx(key, NAME)
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, APPROVED) as key:
            return not bytes(winreg.QueryValueEx(key, NAME)[0])[0] & _SWITCHED_OFF
        return True
    return _entry().is_file()
