"""What the papers for one's own use take. That they are the fields of the handouts is held by a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple


class Printed(NamedTuple):
    """``record``: what the paper is made for, ``many``: whether for several. ``options``: name → help."""

    about: str
    record: str
    many: bool
    options: Mapping[str, str]


PRINTED: Mapping[str, Printed] = MappingProxyType(
    {
        "labels": Printed(
            "PC・媒体の管理ラベルを、A4のラベル用紙に印刷するPDFにします（文書番号は付きません）",
            "device",
            True,
            {
                "sheet": "ラベル用紙の面数（12、24、44、65。省略時は24）",
                "measures": "ほかの用紙の寸法：列×段、1面の幅×高さ、左×上の余白、横×縦の間隔（mm）",
                "from": "始める面（左上から右へ数えて。省略時は1）",
                "right": "右へずらす長さ（0.1mmの数）",
                "down": "下へずらす長さ（0.1mmの数）",
                "framed": "枠線：「印刷する（試し刷り）」又は「印刷しない」",
            },
        ),
        "stock-sheet": Printed(
            "作業場所にあるはずのPC・媒体と情報資産の現物確認表をPDFにします（文書番号は付きません）",
            "location",
            True,
            {
                "on": "確認する日（省略時はきょう）",
                "contract": "契約番号（省略時はすべての契約のもの）",
                "scope": "対象：「PC・媒体だけ」又は「情報資産だけ」（省略時は両方）",
            },
        ),
        "attendance": Printed(
            "研修の出席簿をPDFにします（文書番号は付きません）",
            "training",
            False,
            {"whom": "載せる者：「従事する者全員」「まだ受けていない者」「欠席した者（補講）」"},
        ),
    }
)


def add_commands(command: Callable[[str, str], Any]) -> None:
    """Add them. ``command`` makes a parser from a name and a sentence."""
    for name, taken in PRINTED.items():
        made = command(name, taken.about)
        made.given.add_argument("keys", nargs="+" if taken.many else 1, metavar="KEY", help="記録の番号")
        for option, told in taken.options.items():
            made.options.add_argument(
                f"--{option}", dest=f"answer_{option}", default=None, metavar="VALUE", help=told
            )
        made.options.add_argument("--out", type=Path, required=True, metavar="F.pdf", help="PDFの保存先")
