"""The tab on the information held under a contract: what came in, what went, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.duties.holding.balance import Balance, balance, whereabouts
from app.records import Asset, Contract, Facts
from app.records.amounts import Amount, amount_text
from app.records.event import EventKind
from app.ui.contract.tab import ContractTab
from app.ui.homes import begin
from app.ui.parts.tables.lines_table import Cell, Column, LazyLines, Line, line, number
from app.ui.reckoning.assessor import Assessment
from app.ui.targets import DoAct

_NAMED = 3
"""So many assets are named; the rest is counted."""
_DISPOSE = "dispose-asset"
_LOOK = "{}を登録する前に、受領と、返還・廃棄の記録を確かめてください。"


class AssetsTab(ContractTab):
    """Each asset with its balance."""

    name = "情報資産の一覧"
    acting = several = True
    shows = frozenset({"asset", "event", "disposal", "location"})
    columns = (
        Column("番号", 5),
        Column("情報項目", 12, stretch=True),
        Column("媒体", 6),
        Column("受領", 4, right=True),
        Column("複写", 4, right=True),
        Column("返還", 4, right=True),
        Column("廃棄", 4, right=True),
        Column("残", 5, right=True),
        Column("持出中", 4, right=True),
        Column("保管場所", 9),
    )
    nothing = "情報資産を登録し、受領を記録すると、残りの数量がここに並びます。"

    def build(self) -> None:
        self._held: dict[int, Amount] = {}
        self.adding("asset", "情報資産を登録")
        self._received = self.add_button("受領を登録", lambda: self._event(EventKind.RECEIVED))
        self._returned = self.add_button("返還を登録", lambda: self._event(EventKind.RETURNED))
        self._disposed = self.add_button("廃棄・消去を登録", self._dispose)
        self.issuing("transfer-record")
        self.issuing("disposal-certificate")
        self.table.chosen.connect(lambda _keys: self._allow())
        self.note.say("受領・返還・廃棄は、情報資産を選んでから押すと、その内容が入力欄に入ります。")
        self.note.show()
        self._allow()

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> Sequence[Line]:
        found = balance(facts, held.id, self.context.today())
        self._held = {one.asset.id: one.held for one in found}
        return LazyLines(found, _line)

    def chosen(self) -> list[Asset]:
        """The assets that are selected."""
        facts = self.context.facts()
        return [facts.get(Asset, record_id) for _, record_id in self.table.selected()]

    def _allow(self) -> None:
        keys = self.table.selected()
        for made in (self._received, self._returned):
            made.setEnabled(len(keys) == 1)

    def _event(self, kind: EventKind) -> None:
        """Begin an event with what the ledger knows of it; when it happened, only the officer saw."""
        for asset in self.chosen():
            preset: dict[str, Any] = {"asset": asset.id, "kind": kind.value}
            if kind is EventKind.RETURNED:
                if not self._left([asset], "返還"):
                    return
                preset["quantity"] = self._held[asset.id]
            begin(self.context, "event", given=preset)
            return

    def _dispose(self) -> None:
        """Dispose of what is left of the assets that are selected."""
        chosen = self.chosen()
        left = self._left(chosen, "廃棄・消去")
        if left or not chosen:
            self.context.navigate(DoAct(_DISPOSE, tuple(asset.id for asset in left)))

    def _left(self, chosen: Sequence[Asset], what: str) -> list[Asset]:
        """Those of which something is left; what of the others keeps them from it is told."""
        gone = [asset for asset in chosen if not self._held.get(asset.id)]
        if gone:
            named = "、".join(f"{asset.number}（{asset.item}）" for asset in gone[:_NAMED])
            more = f"ほか{len(gone) - _NAMED}件" if len(gone) > _NAMED else ""
            rest = "残りのあるものだけを対象にします。" if len(gone) < len(chosen) else ""
            self.context.dialogs.tell(
                f"{named}{more}は、台帳の記録では手元に残っていません。{rest or _LOOK.format(what)}"
            )
        return [asset for asset in chosen if asset not in gone]


def _line(one: Balance) -> Line:
    asset = one.asset
    left = f"{amount_text(one.held)} {asset.unit}" if one.held else ("○ なし" if one.moved else "－ 未受領")
    places = [one.place.name] if one.place else []
    if one.away:
        places.append(whereabouts(one))
    return line(
        ("asset", asset.id),
        asset.number,
        asset.item,
        asset.medium,
        number(one.received),
        number(one.copied),
        number(one.returned),
        number(one.disposed),
        Cell(left, one.held, "" if one.held else "ok" if one.moved else "muted"),
        number(one.out),
        "、".join(places),
    )
