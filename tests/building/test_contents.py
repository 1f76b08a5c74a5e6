"""What is frozen, and what is left out."""

from __future__ import annotations

import ast
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from freezing import contents, icon, smoke
from PIL import Image

from app.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    "place",
    [
        r"pikepdf.libs\qpdf30-0123456789abcdef.dll",
        r"PySide6\plugins\platforms\qwindows.dll",
        r"PySide6\plugins\platforms\qoffscreen.dll",
        r"PySide6\plugins\imageformats\qjpeg.dll",
        r"PySide6\translations\qtbase_ja.qm",
        r"PySide6\Qt6PrintSupport.dll",
        r"lxml\etree.cp313-win_amd64.pyd",
        r"libcrypto-3.dll",
        "VCRUNTIME140.dll",
        "resources/annexes/hofu.toml",
        "resources/manual/index.html",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
    ],
)
def test_what_the_program_needs_is_kept(place: str) -> None:
    assert contents.kept(place)


@pytest.mark.parametrize(
    "place",
    [
        r"PySide6\opengl32sw.dll",
        r"PySide6\plugins\imageformats\qpdf.dll",
        r"PySide6\plugins\tls\qschannelbackend.dll",
        r"PySide6\translations\qtbase_de.qm",
        r"PySide6\translations\qt_ja.qm",
        r"PySide6\Qt6Network.dll",
        r"lxml\html\clean.cp313-win_amd64.pyd",
        r"PIL\_avif.cp313-win_amd64.pyd",
        "_ssl.pyd",
        "ucrtbase.dll",
        "api-ms-win-crt-runtime-l1-1-0.dll",
        "resources/__pycache__/__init__.cpython-313.pyc",
        "tzdata/zoneinfo/Asia/Tokyo",
    ],
)
def test_what_nothing_reads_is_left_out(place: str) -> None:
    assert not contents.kept(place)


def test_nothing_is_left_out_that_the_product_imports() -> None:
    left_out = set(contents.EXCLUDED)
    for room in ("app", "forms", "resources"):
        for path in (ROOT / room).rglob("*.py"):
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            names = {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
            assert not names & left_out, path


def test_all_of_the_product_goes_in_whatever_names_it() -> None:
    assert {"app", "forms"} <= set(contents.WHOLE)
    assert "resources" in contents.NAMED_BY_STRING


def an_icon(*sizes: int) -> bytes:
    """An icon whose pictures are of these sizes, each of as many bytes."""
    head, at = struct.pack("<3H", 0, 1, len(sizes)), 6 + 16 * len(sizes)
    entries = b""
    for size in sizes:
        entries += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, size, at)
        at += size
    return head + entries + b"".join(bytes(size) for size in sizes)


def test_the_program_holds_its_icon_in_every_size_under_the_name_that_qt_looks_for() -> None:
    listed = icon.group(an_icon(16, 32, 256))
    assert icon.NAME == "IDI_ICON1"
    assert struct.unpack_from("<3H", listed) == (0, 1, 3)
    entries = [struct.unpack_from("<4B2HIH", listed, 6 + 14 * number) for number in range(3)]
    assert [(entry[0], entry[6], entry[7]) for entry in entries] == [(16, 16, 1), (32, 32, 2), (0, 256, 3)]


def test_the_icon_is_drawn_in_every_size_from_the_programs_own_sign(tmp_path: Path) -> None:
    drawn = icon.draw(tmp_path / "jutaku.ico").read_bytes()
    listed = icon.group(drawn)
    sides = [listed[6 + 14 * number] or 256 for number in range(len(icon.SIZES))]
    assert tuple(sides) == icon.SIZES
    assert icon.draw(tmp_path / "again.ico").read_bytes() == drawn


def test_the_installers_pages_show_the_programs_own_sign(tmp_path: Path) -> None:
    drawn = icon.banner(tmp_path / "banner.bmp")
    with Image.open(drawn) as shown:
        assert (shown.format, shown.mode, shown.size) == ("BMP", "RGB", icon.BANNER)
        assert shown.getpixel((0, 0)) == shown.getpixel((icon.BANNER[0] - 1, icon.BANNER[1] - 1))
        assert len(shown.getcolors(1 << 20) or ()) > 10
    assert icon.banner(tmp_path / "again.bmp").read_bytes() == drawn.read_bytes()


@pytest.mark.parametrize(
    "data", [b"", b"\0\0", an_icon(), an_icon(16, 32)[:20], b"\x89PNG\r\n\x1a\n" + bytes(40)]
)
def test_what_is_no_icon_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no icon"):
        icon.group(data)


def test_the_smoke_test_asks_for_commands_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in smoke.steps(tmp_path):
        words = [word for word in step.arguments if not word.startswith(("-", str(tmp_path)))]
        assert main([*words[:2], "--help"] if words[0] == "annex" else [words[0], "--help"]) == 0
        assert "使い方" in capsys.readouterr().out


def test_the_smoke_test_names_every_step_that_comes_out_otherwise(tmp_path: Path) -> None:
    said = {step.arguments: (step.code, step.says) for step in smoke.steps(tmp_path)}
    assert smoke.faults(tmp_path, lambda arguments: said[tuple(arguments)]) == []

    def torn(arguments: Sequence[str]) -> tuple[int, str]:
        return (1, "ModuleNotFoundError") if "verify" in arguments else said[tuple(arguments)]

    (wrong,) = smoke.faults(tmp_path, torn)
    assert wrong.startswith("verify the journal and the archived PDFs: exit code 1 instead of 0")
    silent = smoke.faults(tmp_path, lambda arguments: (said[tuple(arguments)][0], ""))
    assert any("is missing from what it says" in line for line in silent)


def test_without_a_sample_ledger_nothing_further_is_tried(tmp_path: Path) -> None:
    asked: list[str] = []

    def run(arguments: object) -> tuple[int, str]:
        asked.append(str(arguments))
        return 1, "no ledger"

    assert len(smoke.faults(tmp_path, run)) == 1
    assert len(asked) == 1
