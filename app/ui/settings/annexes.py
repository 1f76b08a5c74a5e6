"""特記事項: every annex that there is, and what can be done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from app.annexes.annex import Annex
from app.records import Contract, OwnAnnex
from app.ui.annexes.deeds import begin, export, publish, read_in, retire, revise
from app.ui.annexes.learning import learn, take_in, write_out
from app.ui.annexes.opened import DRAFT, PUBLISHED, SHIPPED, found
from app.ui.context import Context
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line, number
from app.ui.parts.widgets import Notice, button, prose
from app.ui.settings.section import Section
from app.ui.targets import EditAnnex, ReadAnnex, ReviseAnnex, ShowList

_COLUMNS = (
    Column("題名", 11, stretch=True),
    Column("識別名", 8),
    Column("版", 2, right=True),
    Column("状態", 7),
    Column("条項", 3, right=True),
    Column("契約", 3, right=True),
)
_TONES = {SHIPPED: "", DRAFT: "warn", PUBLISHED: "ok", "読めません": "danger"}
Key = tuple[str, int]
_EXAMPLES = (
    "読取りの見本：文章の読取りで直した条項を見本にすると、次の読取りが同じ条文や似た条文でそれに倣います。"
)


class AnnexesSection(Section):
    """The list; an annex of the product is read, one's own is written."""

    name = "annexes"
    heading = "特記事項"
    topic = "07-annexes"
    fills = True
    shows = frozenset({"own_annex", "contract"})

    def build(self) -> None:
        self.notice = Notice()
        self.column.addWidget(self.notice)
        inside = self.card()
        inside.addWidget(
            prose(
                "契約に付く特記事項の一覧です。発注者の特記事項がここにないときは、その文章を読み取るか、"
                "近いものを基に作るか、表計算ファイルから読み込みます。確定した版を契約に付けると、その義務が生じます。",
                "sub",
            )
        )
        flow = FlowLayout(spacing=8)
        self.buttons: dict[str, QPushButton] = {}
        for name, press in self._deeds():
            made = self.buttons[name] = button(name, press)
            flow.addWidget(made)
        self.buttons["開く"].setProperty("kind", "primary")
        inside.addLayout(flow)
        self.table = LinesTable(self.context.look, "特記事項の一覧", _COLUMNS)
        self.table.picked.connect(self._open)
        self.table.chosen.connect(lambda _keys: self._allow())
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * 14)
        inside.addWidget(self.table, 1)
        inside.addWidget(prose(_EXAMPLES, "sub"))
        below = FlowLayout(spacing=8)
        for name, press in self._examples():
            made = self.buttons[name] = button(name, press)
            below.addWidget(made)
        inside.addLayout(below)

    def refresh(self) -> None:
        catalogue = self.context.catalogue
        carried = Counter(
            (row.annex, row.version) for held in self.context.facts().all(Contract) for row in held.annexes
        )
        lines = [
            self._line(annex, carried)
            for annex in sorted((*catalogue.published, *catalogue.drafts), key=lambda a: (a.key, -a.version))
        ]
        for one in catalogue.unreadable:
            state = Cell("読めません", tone="danger")
            lines.append(line((one.key, one.version), one.title, one.key, number(one.version), state, "", ""))
        self.table.show_lines(lines)
        self.notice.say("\n".join(one.sentence for one in catalogue.unreadable), "danger")
        self._allow()

    @property
    def chosen(self) -> Key | None:
        """Key and version of the annex that is selected."""
        keys = self.table.selected()
        return keys[0] if keys else None

    def _deeds(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("開く", self._open_chosen),
            ("文章を読み取る…", lambda: self.context.navigate(ReadAnnex())),
            ("この特記事項を基に作る…", lambda: self._with_annex(begin)),
            ("新しい版を作る", lambda: self._with_annex(revise)),
            ("新しい年度の文章と比べる…", self._revise_by_text),
            ("確定する…", lambda: self._with_record(publish)),
            ("取り消す…", lambda: self._with_record(retire)),
            ("表計算ファイルに書き出す…", lambda: self._with_annex(export)),
            ("読み込む…", lambda: read_in(self.context)),
        ]

    def _examples(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("直した条項を見本にする", lambda: self._with_record(learn)),
            ("見本の一覧", lambda: self.context.navigate(ShowList("reading_example"))),
            ("見本を書き出す…", lambda: write_out(self.context)),
            ("見本を取り込む…", lambda: take_in(self.context)),
        ]

    def _revise_by_text(self) -> None:
        if self.chosen:
            self.context.navigate(ReviseAnnex(*self.chosen))

    def _open_chosen(self) -> None:
        if self.chosen:
            self._open(self.chosen)

    def _open(self, key: Key) -> None:
        self.context.navigate(EditAnnex(*key))

    def _with_annex(self, deed: Callable[[Context, Annex], None]) -> None:
        annex = self._annex()
        if annex is not None:
            deed(self.context, annex)

    def _with_record(self, deed: Callable[[Context, OwnAnnex], bool]) -> None:
        record = self._record()
        if record is not None:
            deed(self.context, record)

    def _annex(self) -> Annex | None:
        held = (*self.context.catalogue.published, *self.context.catalogue.drafts)
        return next((one for one in held if (one.key, one.version) == self.chosen), None)

    def _record(self) -> OwnAnnex | None:
        return found(self.context, *self.chosen) if self.chosen else None

    def _line(self, annex: Annex, carried: Counter[Key]) -> Line:
        key = (annex.key, annex.version)
        record = found(self.context, *key)
        state = SHIPPED if record is None else PUBLISHED if record.published_on else DRAFT
        return line(
            key,
            annex.title,
            annex.key,
            number(annex.version),
            Cell(state, tone=_TONES[state]),
            number(len(annex.clauses)),
            number(carried[key]),
        )

    def _allow(self) -> None:
        annex, record = self._annex(), self._record()
        readable = annex is not None
        for name in ("この特記事項を基に作る…", "新しい版を作る", "表計算ファイルに書き出す…"):
            self.buttons[name].setEnabled(readable)
        self.buttons["開く"].setEnabled(self.chosen is not None)
        published = readable and (record is None or record.published_on is not None)
        self.buttons["新しい年度の文章と比べる…"].setEnabled(published)
        self.buttons["直した条項を見本にする"].setEnabled(record is not None and bool(record.reading))
        self.buttons["確定する…"].setEnabled(readable and record is not None and record.published_on is None)
        self.buttons["取り消す…"].setEnabled(record is not None)
