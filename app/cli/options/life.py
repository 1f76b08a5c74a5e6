"""What the commands of ``app.cli.life`` take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def add_commands(command: Callable[[str, str], Any], on: Callable[..., None]) -> None:
    """Add them. ``command`` makes a parser from a name and a sentence, ``on`` adds the day."""
    accept = command("accept", "書類が受理されたことを記録し、受領印のある控えを保管します")
    accept.given.add_argument(
        "number",
        nargs="?",
        default="",
        metavar="NUMBER",
        help="文書番号（省略時は --scan のファイルの照合用コードから探します）",
    )
    on(accept, "受理日", required=True)
    accept.options.add_argument(
        "--scan", type=Path, default=None, metavar="FILE", help="受領印のある控え（PDF、JPEG、PNG、TIFF）"
    )
    back = command("send-back", "書類が差し戻されたことを記録します")
    back.given.add_argument("number", metavar="NUMBER", help="文書番号")
    on(back, "差戻し日", required=True)
    back.options.add_argument("--why", required=True, metavar="TEXT", help="差戻しの理由")
    _copies(command, on)
    attach = command("attach", "写真、受領書などのファイルを記録に添付します")
    attach.given.add_argument("record", metavar="RECORD", help="記録の種類（device など）")
    attach.given.add_argument("key", metavar="KEY", help="記録の番号（番号のない記録は、登録の順の数）")
    attach.given.add_argument("file", type=Path, metavar="FILE", help="添付するファイル")
    attach.options.add_argument(
        "--kind", required=True, metavar="KIND", help="種別（写真、図面、受領書など）"
    )
    attach.options.add_argument("--title", default="", metavar="TEXT", help="名称（省略時はファイルの名前）")
    attach.options.add_argument(
        "--line",
        type=int,
        metavar="N",
        help="廃棄・消去の写真が写している明細の番号（1から。省略時はすべての明細の写真）",
    )
    on(attach, "受領日（省略可）")


def _copies(command: Callable[[str, str], Any], on: Callable[..., None]) -> None:
    again = command("reissue", "提出した書類を「再発行」と表示してもう一度印刷します（番号と内容は元のまま）")
    again.given.add_argument("number", metavar="NUMBER", help="文書番号")
    on(again, "再発行の日（省略時はきょう）")
    again.options.add_argument("--why", required=True, metavar="TEXT", help="再発行の理由")
    again.options.add_argument("--out", type=Path, required=True, metavar="F.pdf", help="PDFの保存先")
    compare = command("compare", "紙の写し、PDF、文書番号、照合コードを、台帳と照合します")
    compare.given.add_argument(
        "what", metavar="FILE|NUMBER|CODE", help="PDFか画像、又は文書番号、照合コード、先頭値"
    )
