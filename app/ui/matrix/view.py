"""一覧表: every contract against every kind of duty, and where each stands."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.annexes.kinds import State
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.matrix.table import MatrixTable
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import Empty, label, prose
from app.ui.reckoning.assessor import Assessment
from app.ui.reckoning.waiting import waiting
from app.ui.targets import ShowContract
from app.ui.today.view import View
from app.work.matrix_cells import Grid, grid
from app.work.states import mark

_HINT = "欄を選ぶと、判定の理由がここに表示されます。クリック又はEnterで、その契約の義務を開きます。"


class MatrixView(View):
    """The last view of きょう."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._made: Assessment | None = None
        self._grid: Grid | None = None
        self.state = self._combo("状態で絞り込む", 8)
        self.state.addItem("すべての状態", None)
        for state in State:
            self.state.addItem(mark(state).text, state)
        self.client = self._combo("発注者で絞り込む", 12)
        self.client.addItem("すべての発注者", 0)
        for combo in (self.state, self.client):
            combo.currentIndexChanged.connect(lambda _at: self._show())
        self.table = MatrixTable(context.look)
        self.table.picked.connect(self._open)
        self.table.shown.connect(self._tell)
        self._said = prose(_HINT, "sub")
        self._said.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Empty("義務はまだありません", "契約と特記事項を登録すると、条項ごとの義務が表示されます。")
        )
        self._stack.addWidget(nothing_fits("義務", self.widen))
        self._waiting = waiting()
        self._stack.addWidget(self._waiting)
        bar = FlowLayout(spacing=8)
        bar.addWidget(self.state)
        bar.addWidget(self.client)
        for state in State:
            shown = mark(state)
            bar.addWidget(label(shown.text, "chip", tone=shown.tone))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 10)
        layout.setSpacing(10)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._said)
        self.wait()

    def show_made(self, made: Assessment) -> None:
        """Show another assessment."""
        self._made = made
        self.context.operations.run(lambda _progress: grid(made), self._reckoned, owner=self, key="matrix")

    def wait(self) -> None:
        self._made = self._grid = None
        self._said.hide()
        self._stack.setCurrentWidget(self._waiting)

    def _reckoned(self, found: Grid) -> None:
        if self._made is None:
            return
        self._said.show()
        self._grid = found
        self._offer_clients(found)
        self._show()

    def _show(self) -> None:
        if self._grid is None:
            return
        shown = self._grid.narrowed(self.state.currentData(), int(self.client.currentData() or 0))
        self.table.show_grid(shown)
        self._stack.setCurrentIndex(0 if shown.squares else 2 if self._grid.squares else 1)

    def widen(self) -> None:
        """Show the duties in every state, of every client."""
        for combo in (self.state, self.client):
            combo.setCurrentIndex(0)

    def _offer_clients(self, found: Grid) -> None:
        chosen = self.client.currentData()
        self.client.blockSignals(True)
        self.client.clear()
        self.client.addItem("すべての発注者", 0)
        for client in found.clients():
            self.client.addItem(client.name, client.id)
        self.client.setCurrentIndex(max(0, self.client.findData(chosen)))
        self.client.blockSignals(False)

    def _open(self, contract: int, kind: str) -> None:
        self.context.navigate(ShowContract(contract, "duties", kind))

    def _tell(self, text: str) -> None:
        # Two lines: the square, and the first of its grounds; the rest is told when pointed at.
        self._said.say("\n".join(text.split("\n")[:2]) or _HINT)

    def _combo(self, name: str, width: int) -> Combo:
        made = Combo()
        made.setAccessibleName(name)
        made.setMinimumContentsLength(width)
        made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return made
