"""The clauses of an annex being written: the list at the left, the one that is chosen at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.annexes.clause import Clause
from app.annexes.files.tables import Table
from app.annexes.files.toml_lines import Path
from app.annexes.own.drafting import Drafting, Standing
from app.ui.annexes.clause_form import ClauseForm
from app.ui.clauses.list import ClauseList, Entry
from app.ui.context import Context
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.space.parted import Parted
from app.ui.parts.widgets import button, prose

_DROPPED = "外した条項"


class ClausesView(QWidget):
    """List and form. ``edited`` after every change by hand."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.draft: Drafting | None = None
        self._key = ""
        self._faults: list[tuple[str, Path, str]] = []
        self._editable = False
        self._filling = False
        self.list = ClauseList(context.look)
        self.list.chosen.connect(self._chosen)
        self.form = ClauseForm(context)
        self.form.edited.connect(self._edited)
        self.gone = prose("この条項は外しています。「戻す」を押すと、元の場所に戻ります。", "sub")
        self.add_button = button("条項を追加", self.add)
        self.split_button = button("分ける", self.split, hint="同じ内容の条項をもう1つ、すぐ後に作ります")
        self.up_button = button("上へ", lambda: self.move_by(-1))
        self.down_button = button("下へ", lambda: self.move_by(1))
        self.drop_button = button("外す", self.drop)
        self.restore_button = button("戻す", self.restore)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, spacing=6)
        for one in (self.add_button, self.split_button, self.up_button, self.down_button):
            flow.addWidget(one)
        flow.addWidget(self.drop_button)
        flow.addWidget(self.restore_button)
        left = QWidget()
        hold(left, 14)
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self._buttons)
        side.addWidget(self.list, 1)
        inner = QWidget()
        inner.setProperty("role", "page")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.gone)
        inside.addWidget(self.form)
        self.area = QScrollArea()
        hold(self.area, 26)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName("選んだ条項")
        self.area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(Parted(left, self.area, (2, 3)))

    def load(self, draft: Drafting, *, editable: bool) -> None:
        """Show the clauses of ``draft``; the one that was chosen stays so where it is still there."""
        self.draft, self._editable, self._faults = draft, editable, []
        keys = [clause["key"] for clause in draft.clauses]
        self._buttons.setVisible(editable)
        self.show_at(keys.index(self._key) if self._key in keys else 0)

    def show_at(self, at: int) -> None:
        """Choose the clause at a place."""
        clauses = self._held.clauses
        self._key = clauses[min(at, len(clauses) - 1)]["key"] if clauses else ""
        self._list()
        self._show()

    def mark(self, faults: Sequence[tuple[Path, str]]) -> None:
        """Show what is wrong in the list and at the fields of the clause that is chosen."""
        keys = [clause["key"] for clause in self._held.clauses]
        self._faults = [
            (keys[int(path[1])], path[2:], said) for path, said in faults if path[:1] == ("clause",)
        ]
        self._list()
        self._mark_form()

    def add(self) -> None:
        """Add an empty clause behind the one that is chosen."""
        self._changed(self._held.add(self._at if self._at is not None else len(self._held.clauses) - 1))
        self.form.article.setFocus()

    def split(self) -> None:
        """Make two of the clause that is chosen."""
        if self._at is not None:
            self._changed(self._held.split(self._at))
            self.form.article.setFocus()

    def drop(self) -> None:
        """Take the chosen clause out."""
        at = self._at
        if at is not None:
            self._held.drop(at)
            self._changed(at)

    def restore(self) -> None:
        """Bring the chosen clause back."""
        if self._at is None and self._key:
            self._changed(self._held.restore(self._key))

    def move_by(self, by: int) -> None:
        """Move the chosen clause; its key stays."""
        if self._at is not None:
            self._changed(self._held.move(self._at, by))

    @property
    def _held(self) -> Drafting:
        if self.draft is None:
            raise TypeError(self.draft)
        return self.draft

    @property
    def _at(self) -> int | None:
        """Where the chosen clause is, None for one that was dropped."""
        return next((at for at, one in enumerate(self._held.clauses) if one["key"] == self._key), None)

    def _changed(self, at: int) -> None:
        self.show_at(at)
        self.edited.emit()

    def _edited(self) -> None:
        self._list()
        self.edited.emit()

    def _chosen(self, entry: Entry) -> None:
        if not self._filling and entry.key[0] != self._key:
            self._key = entry.key[0]
            self._show()
            self.area.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        draft, at = self._held, self._at
        dropped = next((one for one in draft.dropped if one["key"] == self._key), None)
        shown = draft.clauses[at] if at is not None else dropped
        self.form.setVisible(shown is not None)
        if shown is not None:
            parts = [str(part["key"]) for part in draft.table["part"]]
            self.form.show_clause(shown, parts, [option["key"] for option in draft.table["option"]])
            self._mark_form()
        self.form.setEnabled(self._editable and at is not None)
        self.gone.setVisible(at is None and dropped is not None)
        last = len(draft.clauses) - 1
        self.split_button.setEnabled(at is not None)
        self.up_button.setEnabled(at is not None and at > 0)
        self.down_button.setEnabled(at is not None and at < last)
        self.drop_button.setVisible(dropped is None)
        self.drop_button.setEnabled(at is not None and last > 0)
        self.restore_button.setVisible(dropped is not None)

    def _mark_form(self) -> None:
        self.form.mark([(path, said) for key, path, said in self._faults if key == self._key])

    def _list(self) -> None:
        # Other entries make the list choose by itself, and only people choose here.
        self._filling = True
        self.list.show_entries(list(self._entries()))
        shown = next(
            (one for one in self.list.clauses.entries if one.clause and one.key[0] == self._key), None
        )
        if shown is not None:
            self.list.choose(shown.key)
        self._filling = False

    def _entries(self) -> Iterator[Entry]:
        draft = self._held
        faulty = {key for key, _path, _said in self._faults}
        yield Entry(f"{len(draft.clauses)}条項")
        for clause in draft.clauses:
            standing = draft.standing(clause)
            marked = "" if standing in (Standing.OWN, Standing.KEPT) else f"（{standing}）"
            yield _entry(clause, marked, "✕ " if clause["key"] in faulty else "")
        if draft.dropped:
            yield Entry(_DROPPED)
            for clause in draft.dropped:
                yield _entry(clause, "（外した）", "")


def _entry(clause: Table, marked: str, wrong: str) -> Entry:
    """A clause as the list shows it; it is known by its key, since a number may be missing or there twice."""
    shown = Clause(
        annex=clause["key"],
        key=clause["key"],
        number=f"{wrong}{clause['number']}",
        heading=f"{clause['heading']}{marked}",
        summary=clause["summary"].replace("\n", " "),
        kinds=tuple(clause["kinds"]),
        when=tuple(clause["when"]),
    )
    return Entry(shown.heading, shown)
