"""What the commands take that read the text of an annex."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

_TEXT = "文章のファイル（.txt、.docx、.pdf、.xlsx）。「-」は標準入力"


def add_commands(command: Callable[[str, str], Any], bring: Any, version: Callable[[Any], None]) -> None:
    """Add them, and to ``bring`` what only texts need. ``command`` makes a parser from a name and a sentence,
    ``version`` adds the version of an annex."""
    _bring(bring)
    read = command("read", "特記事項や契約書の文章を条項に分け、義務を読み取ります（何も登録しません）")
    _file(read)
    revise = command("revise", "新しい年度の文章を前の版と条項ごとに比べ、新しい版の下書きを作ります")
    revise.given.add_argument("annex", metavar="ANNEX", help="前の版の特記事項（識別名）")
    _file(revise)
    version(revise)
    _document(revise)
    revise.options.add_argument("--update", action="store_true", help="登録済みの下書きを置き換えます")
    _dry_run(revise)
    learn = command("learn", "読取りで直した条項を、次の読取りが倣う見本として登録します")
    learn.given.add_argument("annex", metavar="ANNEX", help="直した特記事項（識別名）")
    version(learn)
    _dry_run(learn)
    command("examples", "登録されている読取りの見本を表示します")
    out = command("export-examples", "読取りの見本をファイルに書き出します（条文は入れません）")
    out.given.add_argument("file", type=Path, metavar="FILE", help="保存先（.json）")
    out.options.add_argument(
        "--with-text", action="store_true", help="条文も書き出します（発注者の文章が外に出ます）"
    )
    back = command("import-examples", "書き出した読取りの見本を取り込みます")
    back.given.add_argument("file", type=Path, metavar="FILE", help="見本のファイル（.json）")
    _dry_run(back)


def _bring(bring: Any) -> None:
    bring.options.add_argument(
        "--key", default="", metavar="KEY", help="文章のとき：識別名（省略時は空き番号）"
    )
    bring.options.add_argument(
        "--name", dest="title", default="", metavar="NAME", help="文章のとき：題名（省略時は文章の題名）"
    )
    _document(bring)
    which = bring.options.add_mutually_exclusive_group()
    which.add_argument(
        "--sure-only",
        dest="all_proposals",
        action="store_false",
        help="文章のとき：確かな義務だけを付けます（省略時もこの動作です）",
    )
    which.add_argument("--all-proposals", action="store_true", help="文章のとき：確かでない義務も付けます")
    bring.set_defaults(all_proposals=False)
    _dry_run(bring)


def _file(parser: Any) -> None:
    parser.given.add_argument("file", type=Path, metavar="FILE", help=_TEXT)


def _document(parser: Any) -> None:
    parser.options.add_argument(
        "--document",
        type=int,
        default=0,
        metavar="N",
        help="文章に特記事項（なければ条項のある文書）が複数あるとき：何番目か",
    )


def _dry_run(parser: Any) -> None:
    parser.options.add_argument("--dry-run", action="store_true", help="登録せずに、行う内容を表示します")
