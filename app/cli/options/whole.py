"""What the commands of ``app.cli.whole`` take."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

_SUFFIX = ".jutaku"


def new_ledger(text: str) -> Path:
    """Where a ledger is made. Raises ``ArgumentTypeError`` for a name by which nobody would know it."""
    if not text.casefold().endswith(_SUFFIX):
        name = Path(text).name
        raise ArgumentTypeError(
            f"台帳の名前「{name}」は「{_SUFFIX}」で終わっていません。"
            f"「{Path(name).stem or 'NEW'}{_SUFFIX}」のように指定してください。"
        )
    return Path(text)


def add_commands(command: Callable[[str, str], Any]) -> None:
    """Add them. ``command`` makes a parser from a name and a sentence."""
    out = command(
        "archive",
        "台帳の全体（記録、履歴、記録簿、書類とファイル）を、読める形のアーカイブに書き出します。"
        "--passphrase-file を付けると、そのパスフレーズで暗号化します",
    )
    out.given.add_argument("out", type=Path, metavar="OUT.zip", help="保存先（.zip）")
    out.options.add_argument(
        "--plain",
        action="store_true",
        help="--passphrase-file は台帳を開くためだけに使い、アーカイブを暗号化しません（だれでも読めます）",
    )
    merge = command(
        "merge",
        "ほかの台帳（支店や別のPCのもの）か、そのアーカイブの記録を、この台帳に統合します。"
        "1つの変更として書き込み、まとめて元に戻せます",
    )
    merge.given.add_argument(
        "file", type=Path, metavar="OTHER.jutaku|IN.zip", help="統合する台帳かアーカイブ"
    )
    merge.options.add_argument(
        "--other-passphrase-file",
        type=Path,
        default=None,
        metavar="FILE",
        help="相手のパスフレーズを書いたファイル（暗号化していないアーカイブなら不要）",
    )
    for name, about in (
        ("keep", "この台帳のままにする"),
        ("take", "相手の台帳のとおりにする"),
        ("both", "別の記録として、この台帳の次の番号を付けて両方を残す"),
    ):
        merge.options.add_argument(
            f"--{name}",
            dest=f"{name}_records",
            nargs="+",
            action="extend",
            default=[],
            metavar="RECORD:KEY",
            help=f"要確認の記録のうち、{about}もの",
        )
    merge.options.add_argument(
        "--dry-run", action="store_true", help="書き込まずに、各記録がどうなるかを表示します"
    )
    back = command("unarchive", "アーカイブから新しい台帳を作ります（番号、履歴、記録簿は元のまま）")
    back.given.add_argument("file", type=Path, metavar="IN.zip", help="アーカイブ")
    back.given.add_argument("path", type=new_ledger, metavar="NEW.jutaku", help="作る台帳")
    back.options.add_argument(
        "--archive-passphrase-file",
        type=Path,
        default=None,
        metavar="FILE",
        help="アーカイブのパスフレーズを書いたファイル（省略時は --passphrase-file と同じ）",
    )
    back.options.add_argument(
        "--recovery",
        dest="new_sheet",
        type=Path,
        default=None,
        metavar="SHEET.pdf",
        help="回復シートの保存先（書き出した台帳のパスフレーズで作れば、元の回復シートも使えます）",
    )
