"""The program's icon under the name by which Qt looks for it.

Qt's Windows plug-in gives windows the icon that the program holds as ``IDI_ICON1``; PyInstaller
numbers icons.
"""

from __future__ import annotations

import struct

NAME = "IDI_ICON1"
GROUP = 14
"""RT_GROUP_ICON, the kind of resource that lists an icon's sizes."""

_HEADER = struct.Struct("<3H")
_IN_FILE = struct.Struct("<4B2H2I")
_IN_PROGRAM = struct.Struct("<4B2HIH")


def group(icon: bytes) -> bytes:
    """The list of sizes of an ``.ico`` file as a program holds it: its pictures are resources 1, 2, 3 …

    Raises ``ValueError`` for what is no icon.
    """
    if len(icon) < _HEADER.size:
        raise ValueError("no icon")
    reserved, kind, count = _HEADER.unpack_from(icon)
    if (reserved, kind) != (0, 1) or not count or len(icon) < _HEADER.size + count * _IN_FILE.size:
        raise ValueError("no icon")
    listed = [_HEADER.pack(0, 1, count)]
    for number in range(count):
        *looks, size, _offset = _IN_FILE.unpack_from(icon, _HEADER.size + number * _IN_FILE.size)
        listed.append(_IN_PROGRAM.pack(*looks, size, number + 1))
    return b"".join(listed)
