"""What PCs tell of themselves, and another ledger taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.exchange.machine.machine import Disk, Machine
from app.records import Client, Device, Person
from app.records.device import Encryption
from app.ui.machines.page import MachinesPage
from app.ui.merging.page import MergePage
from app.ui.targets import MergeLedger, ReadMachines
from tests.support.window.stage import CHEAP, DAY

if TYPE_CHECKING:
    from tests.support.window.stage import Stage

View = Callable[[Any], QWidget | None]
_PHRASE = "支店の長い合言葉 2026"


def _machine(name: str, serial: str, **told: Any) -> Machine:
    made = Machine(
        on=DAY,
        name=name,
        maker="架空電機 株式会社",
        model="KD-1400",
        serial=serial,
        os="Windows 11 Pro 24H2",
        capacity="512GB",
        disks=(Disk("Cドライブ", Encryption.FULL, "BitLocker"),),
        anti_malware="Windows Defender",
        patched="KB5046617（令和8年11月12日）　ビルド26100.2314",
    )
    return replace(made, **told)


def _machines(stage: Stage, *machines: Machine, owner: str = "", row: int = 0) -> QWidget:
    window = stage.go(ReadMachines(others=True))
    page = stage.window.page
    assert isinstance(page, MachinesPage)
    page.show_machines(machines)
    stage.settle()
    if owner:
        made: Any = page.asked.boxes["owner"].input
        made.show_value(owner)
        made.edited.emit()
        stage.settle()
    page.table.choose_row(row)
    stage.settle()
    return window


def _this_pc(stage: Stage) -> QWidget:
    """A new one, of which nobody said whose it is, with a drive that tells nothing."""
    disks = (Disk("Cドライブ", Encryption.FULL, "BitLocker"), Disk("Dドライブ", None))
    return _machines(stage, _machine("SOUMU-03", "KD14-0033", disks=disks, anti_malware=""))


def _several_pcs(stage: Stage) -> QWidget:
    """One that is known and changed, a new one, and one that does not tell which it is."""
    known = next(one for one in stage.context.facts().all(Device) if one.serial and one.kind == "PC")
    return _machines(
        stage,
        _machine("SOUMU-01", known.serial, remarks=("Windows Defenderの定義ファイルが最新ではありません。",)),
        _machine("EIGYO-02", "KD14-0092", disks=(Disk("Cドライブ", Encryption.NONE),)),
        _machine("EIGYO-03", ""),
        owner="リース",
    )


def _choosing_ledger(stage: Stage) -> QWidget:
    """The wrong passphrase for a file."""
    window = stage.go(MergeLedger())
    page = stage.window.page
    assert isinstance(page, MergePage)
    page.choice.take(stage.path.with_name("支店の台帳.jutaku"))
    page.choice.passphrase.edit.setText(_PHRASE)
    page.choice.say(phrase="パスフレーズが違います。もう一方の台帳のパスフレーズを入力し直してください。")
    stage.settle()
    return window


def _merging(stage: Stage) -> QWidget:
    """A branch with a client of the same name and people of the same numbers."""
    path = stage.folder / "支店の台帳.jutaku"
    if not path.exists():
        facts = stage.context.facts()
        made, _code = stage.product.create(path, _PHRASE, "支店 太郎", CHEAP)
        with made, made.write() as change:
            held = facts.all(Client)[0]
            change.add(Client(name=held.name, addressee=f"{held.addressee} 殿", address="別の住所1-2-3"))
            for person in facts.all(Person)[:4]:
                change.add(
                    Person(
                        name=f"支店 {person.name}", employee_number=person.employee_number, employment="社員"
                    )
                )
            change.add(Client(name="はま南町", addressee="はま南町長"))
    window = stage.go(MergeLedger())
    page = stage.window.page
    assert isinstance(page, MergePage)
    page.choice.take(path)
    page.choice.passphrase.edit.setText(_PHRASE)
    page.choice.go_button.click()
    stage.settle()
    assert page.planned is not None, page.choice.file_error.plain
    return window


def views() -> Mapping[str, View]:
    """All of them by name."""
    return {
        "machines": _this_pc,
        "machines-several": _several_pcs,
        "merge": _choosing_ledger,
        "merge-asked": _merging,
    }
