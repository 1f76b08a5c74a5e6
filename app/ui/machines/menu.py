"""PCの情報 beside the list of PC・媒体: this PC, the files of others, and the script for them."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from app.ui.context import Context
from app.ui.machines.files import chosen, save_script
from app.ui.parts.widgets import Button
from app.ui.targets import ReadMachines

WORD = "PCの情報"


def machines_button(context: Context, parent: QWidget) -> Button:
    """The button with its menu."""
    menu = QMenu(WORD, parent)
    menu.setAccessibleName(WORD)
    menu.addAction("このPCの情報を読み取る", lambda: context.navigate(ReadMachines()))
    menu.addAction("ほかのPCのファイルを開く…", lambda: _open(context))
    menu.addSeparator()
    menu.addAction("ほかのPC用の読取りスクリプトを保存…", lambda: save_script(context))
    made = Button(WORD)
    made.setAccessibleName(WORD)
    made.setToolTip("型番、製造番号、OS、暗号化などをPCから読み取り、確かめてから登録します")
    made.setMenu(menu)
    return made


def _open(context: Context) -> None:
    if files := chosen(context):
        context.navigate(ReadMachines(files))
