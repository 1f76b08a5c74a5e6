"""Where a ledger may lie: never on a network share, better not in a folder that a cloud copies."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath

from app.ledger.errors import LedgerError
from app.ledger.file.clouds import cloud_of

_NETWORK_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "webdav"})
_DRIVE_REMOTE = 4
_WINDOWS = sys.platform == "win32"


class NetworkPlaceError(LedgerError):
    def __init__(self) -> None:
        super().__init__(
            "台帳はネットワーク上のフォルダには置けません（同時に書き込まれて壊れるおそれがあります）。"
            "このPCの中のフォルダを選んでください。"
        )


def refuse_network(path: Path) -> None:
    """Raise ``NetworkPlaceError`` for a UNC path, a mapped network drive or a network mount.

    The write-ahead log needs memory shared between processes, which no network file system gives.
    """
    if str(path).startswith(("\\\\", "//")) or _on_network(path):
        raise NetworkPlaceError


def cloud_warning(path: PurePath) -> str:
    """One sentence if a folder of ``path`` is copied to a cloud, else empty."""
    name = cloud_of(path)
    return name and (
        f"このフォルダは{name}と同期されています。書込み中の台帳が複製されて壊れることがあるため、"
        "同期の対象でないフォルダをお勧めします。"
    )


def one_drive(ledger: Path, backups: Path) -> bool:
    """Whether backups would be lost with the ledger's own drive; False where that cannot be told."""
    try:
        # Before the first backup its folder is not there: it will be made in the one above.
        folder = next(place for place in (backups, *backups.parents) if place.exists())
        return folder.stat().st_dev == ledger.absolute().parent.stat().st_dev
    except (OSError, StopIteration):
        return False


def _on_network(path: Path) -> bool:
    if _WINDOWS:
        # The place itself as well as its name: a junction on a local drive may lead to a share.
        drives = {path.absolute().anchor, path.absolute().parent.resolve().anchor}
        return any(drive.startswith("\\\\") or _drive_type(drive) == _DRIVE_REMOTE for drive in drives)
    return _mount_type(path) in _NETWORK_SYSTEMS


def _drive_type(drive: str) -> int:
    """What Windows says of a drive such as ``C:\\``; 0 elsewhere."""
    found = 0
    if sys.platform == "win32":
        import ctypes

        found = int(ctypes.windll.kernel32.GetDriveTypeW(drive))
    return found


def _mount_type(path: Path) -> str:
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    folder = os.fspath(path.absolute().parent.resolve())
    best, found = "", ""
    for line in lines:
        _source, mount, kind, *_rest = line.split(" ")
        mount = mount.replace("\\040", " ")
        if len(mount) >= len(best) and (folder + "/").startswith(mount.rstrip("/") + "/"):
            best, found = mount, kind
    return found
