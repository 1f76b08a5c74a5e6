"""Every dialog, filled from the sample ledger."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from unittest.mock import patch

from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.exchange.archive.writing import SEALED
from app.records import SPECS, Contract, Disposal, Person, Submission
from app.records.saved_list import ListCondition
from app.ui.annexes.kinds_dialog import KindsDialog
from app.ui.archives.dialog import UnarchiveDialog
from app.ui.duties.signing import SigningDialog, unsigned
from app.ui.editor.ask_dialog import AskDialog
from app.ui.editor.asking.photos_dialog import PhotosDialog
from app.ui.editor.dialog import RecordDialog
from app.ui.inputs.base import Making
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.lists.columns import ColumnsDialog
from app.ui.lists.condition_dialog import ConditionDialog
from app.ui.offers.menu import ground_of
from app.ui.overrides.dialog import SettingDialog
from app.ui.papers import fates, taking_in
from app.ui.papers.choosing.form_choice import FormDialog, asked_of
from app.ui.papers.compare_dialog import CompareDialog
from app.ui.papers.printing import PrintDialog
from app.ui.papers.printing_port import Printers
from app.ui.parts.dialogs import QtDialogs, TextDialog
from app.ui.parts.widgets import em
from app.ui.restoring.dialog import Around
from app.ui.search.dialog import SearchDialog
from app.ui.settings.access import AccessSection, SheetDialog
from app.ui.shell.progress import ProgressDialog
from app.ui.today.jobs_round import RoundDialog
from app.ui.undo.partial_dialog import PartialDialog
from app.work.acts.catalogue import ACTS
from app.work.acts.disposing.photos import in_turn
from app.work.jobs import jobs
from tests.support.scans import scanned
from tests.support.window.leaving import leave
from tests.support.window.stage import Stage

View = Callable[[Stage], QWidget | None]


def _contract(stage: Stage) -> Contract:
    return next(one for one in stage.context.facts().all(Contract) if one.number == "MK-1024")


def _made(make: Callable[[Stage], QDialog]) -> View:
    return lambda stage: stage.put(make(stage))


def _fate(ask: Callable[..., object]) -> View:
    def view(stage: Stage) -> QWidget:
        ask(stage.context, stage.context.facts().all(Submission)[-1].id)
        return stage.asked()

    return view


def _refused_fate(stage: Stage) -> QWidget:
    """What a dialog says of fields that were left empty."""
    made = _fate(fates.send_back)(stage)
    assert isinstance(made, AskDialog)
    made.ok.click()
    return made


def _search(stage: Stage) -> QDialog:
    dialog = SearchDialog(stage.context)
    dialog.edit.setText("みなと")
    dialog.find_now()
    return dialog


def _setting(stage: Stage) -> QDialog:
    contract = _contract(stage)
    annex = stage.context.catalogue.annex(contract.annexes[0].annex, contract.annexes[0].version)
    clause = next(one for one in annex.clauses if one.kinds)
    return SettingDialog(stage.context, contract, clause, stage.context.today())


def _signing(stage: Stage) -> QDialog:
    contract = next(
        one
        for one in stage.context.facts().all(Contract)
        if unsigned(stage.context.facts(), one.id, stage.context.today())
    )
    waiting = unsigned(stage.context.facts(), contract.id, stage.context.today())
    return SigningDialog(stage.context, contract.id, waiting)


def _round(stage: Stage) -> QWidget | None:
    from app.ui.reckoning.assessor import Assessor

    stage.settle()
    made = Assessor.of(stage.context).latest
    found = [job for job in jobs(made.facts, made.duties) if job.entries] if made else []
    return stage.put(RoundDialog(stage.context, found[0])) if found else None


def _compare(stage: Stage) -> QDialog:
    """A number that is known, and a code that is not."""
    from app.exchange.proof.looking import look_up

    dialog = CompareDialog(stage.context)
    ledger, first = stage.context.ledger, stage.context.facts().all(Submission)[0]
    folder = stage.context.backups()
    dialog.line.setText(first.number)
    dialog._show([look_up(ledger, folder, text) for text in (first.number, "0123456789abcdef0123")])
    return dialog


def _take_in(stage: Stage) -> QWidget:
    """A scan of a paper that was handed in and not accepted yet."""
    ledger = stage.context.ledger
    sent = next(one for one in stage.context.facts().all(Submission) if one.stands)
    path = ledger.path.with_name("受付済みの控え.png")
    scanned(ledger.document_bytes(sent), path)
    taking_in.take_in(stage.context, [path])
    stage.settle()
    return stage.asked()


def _picking_assets(stage: Stage) -> QDialog:
    """What is to go back, of all contracts, with two ticked and one of them out of sight."""
    context, act = stage.context, ACTS["return"]
    ground, assets = ground_of(context), context.facts().all(act.about)
    unfit = partial(act.barred, ground, assets)
    dialog = PickDialog(Making(context), "asset", "「返還（授受）」の対象を選ぶ", unfit=unfit, yes="選ぶ")
    dialog.table.tick(dialog.listed[:2])
    # As on a screen of the size asked for, not on that of the machine that draws.
    dialog.resize(em(dialog, 66), em(dialog, 36))
    return dialog


def _picking_nothing(stage: Stage) -> QDialog:
    """The same, looking for what went back long ago."""
    dialog = _picking_assets(stage)
    assert isinstance(dialog, PickDialog)
    dialog.search.setText("A-0001")
    return dialog


def _forms(stage: Stage) -> QDialog:
    """Every form there is, with what a contract asks for now."""
    from app.ui.reckoning.assessor import Assessor

    stage.settle()
    assessor = Assessor.of(stage.context)
    tasks = assessor.tasks(assessor.latest, _contract(stage).id) if assessor.latest else ()
    return FormDialog(stage.context.forms, asked_of(tasks), "")


def _box(ask: Callable[[QtDialogs], object]) -> View:
    def view(stage: Stage) -> QWidget:
        came: list[QMessageBox] = []

        def hold(box: QMessageBox) -> int:
            came.append(box)
            return 0

        with patch.object(QMessageBox, "exec", hold):
            ask(QtDialogs())
        return stage.put(came[0])

    return view


def _partial(stage: Stage) -> QDialog:
    """People who left; of two of them more was said since."""
    ledger = stage.context.ledger
    number = leave(ledger, stage.context.facts().all(Person)[:4])
    for one in stage.context.facts().all(Person)[1:3]:
        ledger.change(replace(one, department="総務部情報管理課"))
    return PartialDialog(ledger.undoing(number))


def _photos(stage: Stage) -> QDialog:
    disposal = next(one for one in stage.context.facts().all(Disposal) if len(one.lines) > 1)
    names = [f"IMG_20261120_1730{at:02}.jpg" for at in range(len(disposal.lines) + 1)]
    proposed = in_turn(stage.context.facts(), disposal, len(names))
    made = PhotosDialog(stage.context, disposal, names, proposed, "写真を添付", other=True)
    made.ok.click()
    return made


def _unarchive(stage: Stage) -> QWidget:
    around = Around(stage.program, stage.look, stage.dialogs, stage.operations)
    dialog = UnarchiveDialog(around, stage.path)
    path = stage.folder / "台帳-アーカイブ-20261121.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(SEALED, b"")
    stage.later(path.unlink)
    dialog.take(path)
    stage.put(dialog)
    stage.settle()
    return dialog


VIEWS: Mapping[str, View] = {
    "dialog-photos": _made(_photos),
    "dialog-condition": _made(
        lambda _stage: ConditionDialog(
            SPECS["person"], (ListCondition(field="employment", value="派遣"),), "", naming=False
        )
    ),
    "dialog-columns": _made(lambda _stage: ColumnsDialog(SPECS["device"], SPECS["device"].listed)),
    "dialog-undo-partial": _made(_partial),
    "dialog-record": _made(lambda stage: RecordDialog(stage.context, SPECS["person"], {})),
    "dialog-record-long": _made(lambda stage: RecordDialog(stage.context, SPECS["device"], {})),
    "dialog-submit": _fate(fates.submit),
    "dialog-accept": _fate(fates.accept),
    "dialog-send-back": _fate(fates.send_back),
    "dialog-send-back-refused": _refused_fate,
    "dialog-void": _fate(fates.void),
    "dialog-compare": _made(_compare),
    "dialog-take-in": _take_in,
    "dialog-signing": _made(_signing),
    "dialog-round": _round,
    "dialog-setting": _made(_setting),
    "dialog-search": _made(_search),
    "dialog-forms": _made(_forms),
    "dialog-kinds": _made(lambda _stage: KindsDialog(())),
    "dialog-pick-assets": _made(_picking_assets),
    "dialog-pick-nothing": _made(_picking_nothing),
    "dialog-pick": _made(lambda stage: PickDialog(Making(stage.context), "person", "受講者に加える")),
    "dialog-print": _made(
        lambda stage: PrintDialog(stage.context, "誓約書", Printers(("事務室", "受付"), "受付"), 3)
    ),
    "dialog-sheet": _made(lambda stage: SheetDialog(AccessSection(stage.context))),
    "dialog-unarchive": _unarchive,
    "dialog-progress": _made(
        lambda stage: ProgressDialog(stage.operations, "バックアップを作成しています", "作成せずに終了")
    ),
    "dialog-text": _made(
        lambda _stage: TextDialog(
            None,
            "要員「小林 翔」を取り消す",
            "取り消した記録は一覧から外れますが、履歴には残ります。取り消す理由を入力してください。",
            "",
            "取り消す",
            need=True,
        )
    ),
    "dialog-ask": _box(
        lambda dialogs: dialogs.ask(
            "誓約書を発行しますか？", "発行する", detail="文書番号を付けて台帳に保管します。"
        )
    ),
    "dialog-ask-grave": _box(
        lambda dialogs: dialogs.ask("入力した内容を破棄しますか？", "破棄する", grave=True)
    ),
    "dialog-unsaved": _box(lambda dialogs: dialogs.ask_unsaved("要員　小林 翔")),
    "dialog-warn": _box(
        lambda dialogs: dialogs.warn("「控え.pdf」を読めません。", "場所を確かめてください。")
    ),
}
"""By name."""
