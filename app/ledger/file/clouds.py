"""Whether a folder is copied to a cloud while one writes in it, and by which service."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath, PureWindowsPath

_WINDOWS = sys.platform == "win32"
_BEGINS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "proton drive": "Proton Drive",
    "pclouddrive": "pCloud",
}
"""How the folder of a service begins: an account or a company follows."""
_NAMES = {
    "マイドライブ": "Google Drive",
    "my drive": "Google Drive",
    "共有ドライブ": "Google Drive",
    "shared drives": "Google Drive",
    "box": "Box",
    "box-box": "Box",
    "mega": "MEGA",
}
"""What may begin an honest name as well."""
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_ELSEWHERE = 0x00400000
"""FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS: what lies there is fetched when it is read."""
_ANY = "クラウドのサービス"
_REGISTERED = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"
_MOUNTED = r"Software\SyncEngines\Providers\OneDrive"


def cloud_of(path: PurePath) -> str:
    """The service that copies the folder of ``path``, empty if none is known to."""
    return _by_root(path) or _by_name(path) or (_ANY if _fetched(path) else "")


def _by_root(path: PurePath) -> str:
    """What Windows or the service itself says: a synced SharePoint library has the name of a company."""
    return next((name for root, name in roots() if root != PurePath() and _within(path, root)), "")


def _within(path: PurePath, root: PurePath) -> bool:
    # As Windows compares: neither writing large or small nor the kind of stroke makes another folder.
    parts = [part.casefold() for part in PureWindowsPath(path).parts]
    held = [part.casefold() for part in PureWindowsPath(root).parts]
    return bool(held) and parts[: len(held)] == held


def _by_name(path: PurePath) -> str:
    for part in path.parts[:-1]:
        folded = part.casefold()
        for mark, name in _BEGINS.items():
            if folded.startswith(mark):
                return name
        if folded in _NAMES:
            return _NAMES[folded]
    return ""


def _fetched(path: PurePath) -> bool:
    """Whether the file, or a folder that it lies in, is marked as one that is fetched on demand."""
    for place in (Path(path), *Path(path).parents):
        with suppress(OSError, ValueError):
            if getattr(place.stat(), "st_file_attributes", 0) & _ELSEWHERE:
                return True
    return False


def roots() -> Iterator[tuple[PurePath, str]]:
    """The folders that services sync on this computer, with their names, as far as they tell."""
    for variable in _VARIABLES:
        if named := os.environ.get(variable):
            yield PurePath(named), "OneDrive"
    yield from _registered()


def _registered() -> Iterable[tuple[PurePath, str]]:
    """What is entered with Windows: OneDrive with its SharePoint libraries, Box, Dropbox, Google Drive …"""
    found: list[tuple[PurePath, str]] = []
    if sys.platform == "win32":
        import winreg

        for provider in _keys(winreg.HKEY_LOCAL_MACHINE, _REGISTERED):
            name = provider.partition("!")[0]
            found += [(root, name) for root in _texts(rf"{_REGISTERED}\{provider}\UserSyncRoots")]
        for account in _keys(winreg.HKEY_CURRENT_USER, _MOUNTED):
            with (
                suppress(OSError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{_MOUNTED}\{account}") as key,
            ):
                found.append((PurePath(str(winreg.QueryValueEx(key, "MountPoint")[0])), "OneDrive"))
    return found


def _keys(hive: int, name: str) -> list[str]:
    """The keys below one of the registry; none where there is no such key."""
    found: list[str] = []
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(hive, name) as key:
            found = [winreg.EnumKey(key, number) for number in range(winreg.QueryInfoKey(key)[0])]
    return found


def _texts(name: str) -> list[PurePath]:
    """The values of one key of this computer, as paths."""
    found: list[PurePath] = []
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, name) as key:
            values = [winreg.EnumValue(key, number)[1] for number in range(winreg.QueryInfoKey(key)[1])]
            found = [PurePath(str(value)) for value in values]
    return found
