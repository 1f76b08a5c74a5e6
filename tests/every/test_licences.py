"""Every part that the program comes with has its licence in full, as its makers hand it out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = ROOT / "resources" / "licenses"
WORDS = {
    "LGPL-3.0": "GNU LESSER GENERAL PUBLIC LICENSE",
    "LGPL-2.1": "GNU LESSER GENERAL PUBLIC LICENSE",
    "GPL-2.0-or-later": "GNU General Public License",
    "MPL-2.0": "Mozilla Public License",
    "Apache-2.0": "Apache License",
    "BSD": "Redistribution and use in source and binary forms",
    "MIT": "Permission is hereby granted",
    "MIT-0": "Permission is hereby granted",
    "MIT-CMU": "Permission to use, copy, modify and distribute this software",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE",
    "zlib": "This software is provided 'as-is'",
    "bzip2 License": 'This program, "bzip2"',
    "Microsoftの再配布の条件": "Microsoft Distributable Code",
    "public domain": "public domain",
    "OFL": "SIL OPEN FONT LICENSE",
    "それぞれの寛容なライセンス": "FreeType",
}
"""What the text of each licence says."""


def rows() -> Iterator[tuple[str, str]]:
    """Each part that the notices name, with its licence."""
    text = (ROOT / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in {"書体", "ソフトウェア"} and not cells[0].startswith("-"):
            if "/fonts/" in line:
                yield cells[2].strip("`"), "OFL"
                continue
            within = re.search(r"（(?:.+、)?(\w+?)(?:とcryptography)?に同梱）", cells[0])
            for part in re.sub(r"（.*?）|\(.*?\)", "", cells[0]).replace("、", ",").split(","):
                name = within[1] if within and not (TEXTS / f"{part.strip()}.txt").exists() else part
                yield _HELD.get(part.strip(), name.strip()), cells[1]


_HELD = {
    "iconv": "LGPL-2.1",
    **dict.fromkeys(
        ("bzip2", "libffi", "Expat", "libmpdec", "zlib", "XZ Utils", "Microsoft Visual C++ ランタイム"),
        "Python-Windows",
    ),
}
"""Where the text of what lies inside another part is kept, if not with that part's own."""


def text_of(name: str) -> str:
    """The text of a part by the name that the notices give it."""
    if name.startswith(("PySide6", "shiboken6", "Qt 6")):
        whole = ("LGPL-3.0.txt", "GPL-3.0.txt")
        return "".join((TEXTS / each).read_text(encoding="utf-8") for each in whole)
    if name.endswith(".txt"):
        return (ROOT / name).read_text(encoding="utf-8")
    if name == "PDFium":  # pypdfium2 brings it along, and what it was built of
        name = "pypdfium2"
    exact = TEXTS / f"{name}.txt"
    plain = TEXTS / f"{re.sub(r'[-_.]+', '-', name).lower()}.txt"
    return (exact if exact.exists() else plain).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "licence"), sorted(set(rows())))
def test_every_part_that_the_notices_name_has_its_licence_in_full(name: str, licence: str) -> None:
    text = re.sub(r"\s+", " ", text_of(name))
    said = [words for kind, words in WORDS.items() if re.search(rf"{kind}(?![-\w])|{kind}-\d-", licence)]
    assert said, licence
    assert any(words.lower() in text.lower() for words in said), said
    assert len(text) > 400


def test_the_notices_name_more_than_the_obvious() -> None:
    names = {name for name, _licence in rows()}
    assert {"PySide6_Essentials", "SQLCipher", "OpenSSL", "colorama", "pikepdf", "tzdata"} <= names
    assert len(names) > 50


def test_the_notices_name_what_makes_a_program_run_without_python() -> None:
    names = {name for name, _licence in rows()}
    assert {"Python", "PyInstaller", "NSIS", "Python-Windows", "LGPL-2.1"} <= names
    assert "Bootloader Exception" in text_of("PyInstaller")
    assert "Special exception for LZMA compression module" in text_of("NSIS")


def test_lgpl_is_not_kept_without_the_gpl_that_it_adds_to() -> None:
    text = text_of("PySide6_Essentials")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "TERMS AND CONDITIONS" in text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in text_of("Python")


@pytest.mark.skipif(
    sys.platform == "win32",
    reason="a wheel for Windows holds other libraries; its own texts lie in the bundle",
)
def test_what_is_kept_is_what_is_installed() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "licence_texts.py"), "--check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
