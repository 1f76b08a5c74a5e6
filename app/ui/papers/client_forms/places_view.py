"""The places of a client's file beside the names with their values: one is pointed at, then the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.exchange.filling.filler import Form, suggest
from app.exchange.filling.values import BOX, Names, Place
from app.ui.papers.client_forms.placing import Placing
from app.ui.parts.live_line import LiveLine, search_line
from app.ui.parts.look import Look
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import button, label

_PLACES = (Column("位置", 10), Column("見出し・今の文字", 7, stretch=True), Column("記入する項目", 8))
_NAMES = (Column("項目", 9), Column("いまの内容", 10, stretch=True))
_LONGEST = 120
_FRAME = 40
"""Logical pixels that a list takes beside its columns: its frame, and the bar by which it is scrolled."""
_LOWEST = 160
"""Logical pixels below which a list would show a line or two, and finding a place in it would be a toil."""


class PlacesView(QWidget):
    """``changed`` once something was placed or taken away by hand: ``placing`` is another then."""

    changed = Signal()
    suggested = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.placing = Placing()
        self._form: Form | None = None
        self._names: Names | None = None
        self._held: dict[str, Place] = {}
        self.places = LinesTable(look, "記入できる場所", _PLACES)
        self.names = LinesTable(look, "項目といまの内容", _NAMES)
        self.search = search_line("項目を探す", "項目を探す")
        self._found = QStackedWidget()
        for widget in (self.names, nothing_fits("項目", self.search.clear)):
            self._found.addWidget(widget)
        self.when = LiveLine("チェックする値", "チェックする値（空欄は横の文字）")
        self.put = button("選んだ場所に記入する", self._put, kind="primary", key="B")
        self.take_out = button("割当てを外す", self._take_out, key="D")
        self.suggest = button("見出しから割り当てる", self._suggest)
        self._build()
        self.places.chosen.connect(lambda _keys: self._choose())
        self.names.chosen.connect(lambda _keys: self._offer())
        self.names.picked.connect(lambda _name: self._put())
        self.search.followed.connect(lambda _text: self._show_names())
        self._choose()

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(label("様式の場所", "h3"))
        column.addWidget(self.places, 1)
        column.addLayout(flow(self.suggest, self.take_out))
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 0, 0, 0)
        column.addWidget(label("項目といまの内容", "h3"))
        column.addWidget(self.search)
        column.addWidget(self._found, 1)
        column.addWidget(self.when)
        column.addLayout(flow(self.put))
        for held, least in ((self.places, 27), (self._found, 20)):
            hold(held, least, around=_FRAME)
            held.setMinimumHeight(_LOWEST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Parted(left, right, (1, 1)))

    def show_names(self, names: Names | None) -> None:
        """Show the names with the values of today."""
        self._names = names
        self._show_names()

    def show_form(self, form: Form, placing: Placing) -> None:
        """Show the places of a file, and what is put there; ``placing`` is changed by hand from now on."""
        self._form, self.placing = form, placing
        self._held = {place.id: place for place in form.places}
        self.show_placed()

    def show_placed(self) -> None:
        """Show what is placed where."""
        self.places.show_lines([self._line(one) for one in self._held.values()])
        self._offer()

    def _line(self, place: Place) -> Line:
        near = f"{place.near}（{place.row}）" if place.row and place.near else place.near
        told = "　".join(filter(None, (near, place.text))) if near != place.text else place.text
        name = self.placing.name_at(place, self._names)
        unknown = self._names is not None and bool(name or place.id.startswith("{"))
        unknown = unknown and (not name or not self._knows(name))
        shown = Cell(f"△ {name}（項目がありません）" if name else "△ 項目がありません", tone="warn")
        shown = shown if unknown else Cell(name, tone="ok" if name else "")
        return line(place.id, f"{place.where}　{place.kind}", told[:_LONGEST], shown)

    def _knows(self, name: str) -> bool:
        return self._names is not None and self._names.find(name) is not None

    def _show_names(self) -> None:
        wanted = self.search.seen().strip()
        held = () if self._names is None else self._names.all()
        found = [one for one in held if wanted in one.name or wanted in one.shown]
        self.names.show_lines([line(one.name, one.name, one.shown[:_LONGEST]) for one in found])
        self._found.setCurrentIndex(1 if wanted and not found else 0)

    def _chosen(self) -> Place | None:
        keys = self.places.selected()
        return self._held.get(keys[0]) if keys else None

    def _choose(self) -> None:
        """Another place: the value that ticks it is its own."""
        place = self._chosen()
        placed = self.placing.placed.get(place.id) if place is not None else None
        self.when.setText(placed.when if placed is not None else "")
        self._offer()

    def _offer(self) -> None:
        place = self._chosen()
        self.when.setVisible(place is not None and place.kind == BOX)
        self.put.setEnabled(place is not None and bool(self.names.selected()))
        self.take_out.setEnabled(place is not None and place.id in self.placing.placed)
        self.suggest.setEnabled(self._form is not None and self._names is not None)

    def _put(self) -> None:
        place, names = self._chosen(), self.names.selected()
        if place is None or not names:
            return
        self.placing.put(place, names[0], self.when.seen().strip() if place.kind == BOX else "")
        self._say()

    def _take_out(self) -> None:
        place = self._chosen()
        if place is not None:
            self.placing.take(place)
            self._say()

    def _suggest(self) -> None:
        if self._form is None or self._names is None:
            return
        found = [one for one in suggest(self._form, self._names) if one.place not in self.placing.placed]
        self.placing.placed.update({one.place: one for one in found})
        self._say()
        self.suggested.emit(len(found))

    def _say(self) -> None:
        self.show_placed()
        self.changed.emit()
