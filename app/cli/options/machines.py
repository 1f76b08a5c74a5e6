"""What ``this-pc`` takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def add_commands(command: Callable[[str, str], Any]) -> None:
    """Add it. ``command`` makes a parser from a name and a sentence."""
    pc = command("this-pc", "このPC、又は pc-info.cmd で書き出したほかのPCの情報を表示し、登録します")
    pc.given.add_argument(
        "files", nargs="*", type=Path, metavar="FILE.pc.json", help="ほかのPCの情報（省略時はこのPC）"
    )
    pc.options.add_argument(
        "--script",
        type=Path,
        default=None,
        metavar="DIR",
        help="ほかのPCで使う pc-info.cmd と pc-info.ps1 をフォルダに書き出します",
    )
    pc.options.add_argument("--register", action="store_true", help="台帳のPC・媒体に登録します")
    pc.options.add_argument("--number", default="", metavar="NUMBER", help="登録する管理番号（1台のとき）")
    pc.options.add_argument("--owner", default="", metavar="OWNER", help="新しく登録するPCの所有（自社など）")
    pc.options.add_argument(
        "--dry-run", action="store_true", help="書き込まずに、何が登録されるかを表示します"
    )
