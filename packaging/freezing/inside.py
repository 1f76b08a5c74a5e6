"""The libraries inside the parts, with their versions, as JSON on the standard output.

Run by the very Python whose packages are frozen: only the libraries themselves know.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Callable, Mapping


def versions() -> Mapping[str, Mapping[str, str]]:
    """Name and version of each library, by the part that carries it."""
    return {part: ask() for part, ask in sorted(_ASK.items())}


def _python() -> Mapping[str, str]:
    return {"CPython": platform.python_version()}


def _pyside() -> Mapping[str, str]:
    from PySide6.QtCore import qVersion

    return {"Qt": qVersion()}


def _sqlcipher() -> Mapping[str, str]:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        connection.execute("PRAGMA key = 'x'")
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
        provider = connection.execute("PRAGMA cipher_provider_version").fetchone()[0]
    finally:
        connection.close()
    return {"SQLCipher": _number(cipher), "SQLite": dbapi2.sqlite_version, "OpenSSL": _number(provider)}


def _cryptography() -> Mapping[str, str]:
    from cryptography.hazmat.backends.openssl import backend

    return {"OpenSSL": _number(backend.openssl_version_text())}


def _pikepdf() -> Mapping[str, str]:
    import pikepdf

    return {"qpdf": pikepdf.__libqpdf_version__}


def _pdfium() -> Mapping[str, str]:
    from pypdfium2.version import PDFIUM_INFO

    return {"PDFium": _number(str(PDFIUM_INFO.version))}


def _lxml() -> Mapping[str, str]:
    from lxml import etree

    return {
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
        "libxslt": ".".join(map(str, etree.LIBXSLT_VERSION)),
    }


def _pillow() -> Mapping[str, str]:
    from PIL import features

    asked = {
        "freetype2": "FreeType",
        "libjpeg_turbo": "libjpeg-turbo",
        "littlecms2": "Little CMS",
        "zlib": "zlib",
    }
    found = {name: features.version(key) for key, name in asked.items()}
    return {name: version for name, version in found.items() if version}


def _number(text: str) -> str:
    found = re.search(r"\d+(\.\d+)+[a-z]?", text)
    return found[0] if found else text


_ASK: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "cryptography": _cryptography,
    "lxml": _lxml,
    "pikepdf": _pikepdf,
    "pillow": _pillow,
    "pypdfium2": _pdfium,
    "pyside6-essentials": _pyside,
    "python": _python,
    "sqlcipher3": _sqlcipher,
}

if __name__ == "__main__":
    print(json.dumps(versions(), sort_keys=True), flush=True)
