"""What is frozen and what is left out. Each line was a program that died, or megabytes that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

NAMED_BY_STRING: Sequence[str] = (
    "resources",
    "sqlite_utils",
    "sqlite_utils.db",
    "sqlite3",  # by sqlite_utils' plugin hooks
    "pikepdf.pdfa",
)
"""Modules that are imported by a name in a string, where no freezer finds them."""

WHOLE: Sequence[str] = ("app", "forms", "fontTools.ttLib.tables")
"""Packages with all their modules: pages, commands, forms and tables of fonts are named by strings."""

DATA: Sequence[str] = ("pikepdf", "jsonschema", "jsonschema_specifications")
"""Packages whose data files are read when a PDF is proof-read."""

KEYRINGS = {
    "win32": ("keyring.backends.Windows",),
    "linux": ("keyring.backends.SecretService", "keyring.backends.fail"),
}
"""The stores of credentials that are asked by name."""

EXCLUDED: Sequence[str] = (
    # What is for developers.
    *(
        "IPython",
        "_pytest",
        "defusedxml",
        "doctest",
        "hypothesis",
        "lib2to3",
        "mypy",
        "pip",
        "pkg_resources",
        "pydoc",
    ),
    *("pydoc_data", "pytest", "setuptools", "test", "unittest", "numpy", "matplotlib", "sqlite_utils.cli"),
    # What needs a network, a server or a terminal; the program has none.
    *("asyncio", "curses", "multiprocessing", "ssl", "_ssl", "_wmi", "tkinter"),
    *("PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtQml", "PySide6.QtQuick"),
    # Kinds of pictures and texts that are never given to these libraries.
    *("PIL.AvifImagePlugin", "PIL.ImageQt", "PIL.ImageTk", "PIL.WebPImagePlugin", "PIL._avif"),
    *("PIL._imagingtk", "PIL._webp", "charset_normalizer.md__mypyc", "reportlab.graphics", "tzdata"),
    *("lxml.builder", "lxml.cssselect", "lxml.html", "lxml.isoschematron", "lxml.objectify", "lxml.sax"),
)

_DROPPED = re.compile(
    r"opengl32sw"
    r"|Qt6?(Pdf|Network|Qml|Quick|VirtualKeyboard|Eglfs|Wayland|OpenGL)"
    r"|plugins/(tls|networkinformation|generic|egldeviceintegrations|wayland|platformthemes/libqgtk)"
    r"|platforms/.*(direct2d|minimal|linuxfb|eglfs|vnc|vkkhr|wayland)"
    r"|imageformats/.*(tiff|webp|tga|wbmp|icns|gif|pdf)\."
    r"|(tuiotouch|virtualkeyboardplugin|[Ww]ayland)"
    r"|lxml/(html|isoschematron|objectify|sax|builder|includes)|PIL/_(avif|webp|imagingtk)"
    r"|pypdfium2_raw/.*\.h$"
    r"|^(ucrtbase|api-ms-win-)"  # Windows brings its own, and it is not ours to hand out
    r"|^(libssl|_ssl|_asyncio|_overlapped|_multiprocessing)|^tzdata"
    r"|^lib(gtk|gdk|gnutls|cups|epoxy|cairo|pango|atk|avahi|nettle|hogweed|p11-kit)"
    r"|/__pycache__/|\.pyi?$"
)
"""Files that nothing in the program reads, by their place in the bundle with ``/`` between folders."""

_TRANSLATION = re.compile(r"PySide6/.*translations/")
_JAPANESE = re.compile(r"translations/qtbase_ja\.qm$")


def kept(place: str) -> bool:
    """Whether the file at ``place`` of the bundle is needed."""
    place = place.replace("\\", "/")
    if _TRANSLATION.search(place):
        return _JAPANESE.search(place) is not None
    return _DROPPED.search(place) is None
