"""What can be done with a whole annex: begin, revise, publish, take back, write out, read in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.annexes.annex import Annex
from app.annexes.files.text import starting_from
from app.annexes.reading.review.kept import left_open
from app.common import Progress
from app.ledger.errors import FieldsError
from app.records import OwnAnnex
from app.ui.annexes.opened import found
from app.ui.context import Context
from app.ui.operations import Lane
from app.ui.parts.dialogs import sentences
from app.ui.targets import EditAnnex

if TYPE_CHECKING:
    from app.exchange.annexes.files import Checked

_OUT = "Excelブック (*.xlsx);;テキスト (*.toml)"
_EITHER = "特記事項のファイル (*.xlsx *.xlsm *.toml);;すべてのファイル (*)"
_MOST = 15
"""Faults told one by one; the rest is counted."""


def begin(context: Context, annex: Annex) -> None:
    """Begin an own annex that is based on ``annex``, under a title and key that are asked for."""
    from app.ui.editor.ask_dialog import AskDialog, asked

    taken = _keys(context)
    proposed = next(
        key for number in range(1, len(taken) + 2) if (key := f"{annex.key}-{number}") not in taken
    )
    dialog = AskDialog(
        context,
        "特記事項を作る",
        f"「{annex.title}」第{annex.version}版を基にして、条項を変えたものを下書きとして登録します。",
        [asked("own_annex", "title"), asked("own_annex", "annex")],
        {"title": annex.title, "annex": proposed},
        "作る",
    )
    dialog.write = lambda values: _refuse_taken(values["annex"], taken)
    if context.dialogs.show(dialog):
        _draft(context, annex, dialog.values["annex"], dialog.values["title"], 1)


def _refuse_taken(key: str, taken: Collection[str]) -> None:
    if key in taken:
        said = (
            f"識別名「{key}」は既に使われています。"
            "別の識別名にするか、その特記事項の新しい版を作ってください。"
        )
        raise FieldsError(said, {"annex": [said]})


def revise(context: Context, annex: Annex) -> None:
    """Begin the next version of an annex, or go to the draft that there is already."""
    for one in context.catalogue.drafts:
        if one.key == annex.key:
            context.navigate(EditAnnex(one.key, one.version))
            return
    own = [record.version for record in context.facts().all(OwnAnnex) if record.annex == annex.key]
    version = max((*own, *context.catalogue.versions(annex.key))) + 1
    _draft(context, annex, annex.key, annex.title, version)


def publish(context: Context, record: OwnAnnex) -> bool:
    """Publish a draft after asking; whether it was done. What nobody has looked at of it is said."""
    left = left_open(record.reading) if record.reading else 0
    unseen = (
        f"読み取った文章に、未確認の条項が{left}項あります。"
        "確定すると、その条項の義務は生じないままになることがあります。\n"
    )
    return context.dialogs.ask(
        f"「{record.title}」第{record.version}版を確定しますか？",
        "確定する",
        detail=(unseen if left else "")
        + "確定すると契約に付けられるようになり、内容は書き換えられません。改めるときは新しい版を作ります。",
        grave=bool(left),
    ) and context.attempt(
        lambda: context.ledger.change(
            replace(record, published_on=context.today()),
            reason=f"「{record.title}」第{record.version}版の確定",
        )
    )


def retire(context: Context, record: OwnAnnex) -> bool:
    """Take an own annex back, for a reason; whether it was done."""
    reason = context.dialogs.ask_text(
        f"「{record.title}」第{record.version}版を取り消す",
        "取り消した特記事項は一覧から外れますが、履歴には残ります。取り消す理由を入力してください。",
        yes="取り消す",
    )
    return bool(reason) and context.attempt(lambda: context.ledger.retire(record, reason or ""))


def export(context: Context, annex: Annex) -> None:
    """Write an annex out as a workbook."""
    path = context.dialogs.save_file(
        "表計算ファイルに書き出す", f"{annex.title}_第{annex.version}版.xlsx", _OUT
    )
    if path is None:
        return
    path = path if path.suffix else path.with_suffix(".xlsx")

    def work(_progress: Progress) -> None:
        from app.exchange.annexes.files import exported
        from app.exchange.saving import check_place, save

        check_place(path)
        save(path, exported(annex, path))

    said = f"「{path.name}」に書き出しました。"
    context.operations.run(work, lambda _none: context.say(said), title="特記事項の書出し")


def read_in(context: Context) -> None:
    """Read an annex from a file, say everything that is wrong with it, or keep it as a draft."""
    chosen = context.dialogs.open_files("特記事項を読み込む", _EITHER)
    if not chosen:
        return
    path, facts, catalogue = chosen[0], context.facts(), context.catalogue

    def work(progress: Progress) -> Checked:
        from app.exchange.annexes.files import check

        return check(path, catalogue, facts, progress)

    context.operations.run(work, lambda checked: _store(context, path, checked), title="特記事項の読込み")


def _store(context: Context, path: Path, checked: Checked) -> None:
    annex = checked.annex
    if annex is None:
        told = checked.problems[:_MOST]
        more = f"\nほか{len(checked.problems) - _MOST}件" if len(checked.problems) > _MOST else ""
        context.dialogs.warn(
            f"「{path.name}」を読み込めません。{len(checked.problems)}か所を直してから読み込んでください。",
            sentences(told) + more,
        )
        return
    held = found(context, annex.key, annex.version)
    if (
        held is not None
        and held.published_on is None
        and not context.dialogs.ask(
            f"「{held.title}」第{held.version}版の下書きを、読み込んだ内容に置き換えますか？", "置き換える"
        )
    ):
        return

    def work(progress: Progress) -> OwnAnnex:
        from app.exchange.annexes.files import store

        return store(context.ledger, checked, context.backups(), update=held is not None, progress=progress)

    context.operations.run(
        work,
        lambda made: context.navigate(EditAnnex(made.annex, made.version)),
        title="特記事項の読込み",
        lane=Lane.COPIES,
    )


def _draft(context: Context, annex: Annex, key: str, title: str, version: int) -> None:
    made = OwnAnnex(
        annex=key,
        version=version,
        title=title,
        content=starting_from(annex, key, title, version).rstrip(),
    )
    reason = f"「{title}」第{version}版の作成"
    if context.attempt(lambda: context.ledger.add(made, reason=reason)):
        context.navigate(EditAnnex(key, version))


def _keys(context: Context) -> set[str]:
    own = {record.annex for record in context.facts().all(OwnAnnex)}
    return own | {annex.key for annex in context.catalogue.annexes}
