"""契約の1年, drawn: a row for each kind of thing, a line for today; a click or Enter opens a point."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from app.records.days import short_wareki
from app.ui.context import Context
from app.ui.homes import home
from app.ui.parts.elide import Eliding
from app.ui.parts.look import Look
from app.ui.parts.widgets import label, row
from app.ui.targets import ShowContract
from app.work.course.timeline import Cluster, Mark, Point, Timeline, clusters
from app.work.states import short_day

_TONES = {Mark.HANDED_IN: "ok", Mark.HAPPENED: "info", Mark.COMING: "warn", Mark.LATE: "danger"}
_SIGNS = {Mark.HANDED_IN: "■", Mark.HAPPENED: "●", Mark.COMING: "○", Mark.LATE: "×"}
_ROWS = tuple(Mark)
_GUTTER = 8.5
"""Full-width characters at the left, for the names of the rows."""
_LISTED = 20
"""Points of a cluster that its menu names one by one."""
_HINT = "←→で移り、Enterで開きます"


class TimelineView(QWidget):
    """``opened(point)`` when one is asked for; ``told(text)`` when another is pointed at by the keys."""

    opened = Signal(object)
    told = Signal(str)

    def __init__(self, look: Look, drawn: Timeline) -> None:
        super().__init__()
        self._look, self._drawn = look, drawn
        self._at = -1
        self._menu: QMenu | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(drawn.said)
        self.setAccessibleDescription(_HINT)

    def sizeHint(self) -> QSize:
        return QSize(round(self._em * 24), round(self._row * (len(_ROWS) + 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._em * 16), self.sizeHint().height())

    @property
    def _em(self) -> float:
        return float(self.fontMetrics().horizontalAdvance("あ"))

    @property
    def _row(self) -> float:
        return self.fontMetrics().height() * 1.35

    def _x(self, share: float) -> float:
        left, right = self._em * (_GUTTER + 1), self.width() - self._em
        return left + share * max(1.0, right - left)

    def clusters(self) -> tuple[tuple[Mark, Cluster], ...]:
        """What is drawn, in order of time and then of the rows."""
        drawn = self._drawn
        found = [
            (mark, one)
            for mark in _ROWS
            for one in clusters(
                [point for point in drawn.points if point.mark is mark],
                lambda day: self._x(drawn.share(day)),
                self._em * 2.4,
            )
        ]
        return tuple(sorted(found, key=lambda one: (one[1].at, _ROWS.index(one[0]))))

    def place(self, mark: Mark, one: Cluster) -> QRectF:
        """Where a cluster is drawn."""
        high = self._row * 0.86
        count = len(one.points)
        wide = max(high, self.fontMetrics().horizontalAdvance(f"{count}") + self._em * 0.6)
        middle = self._row * (1.5 + _ROWS.index(mark))
        return QRectF(one.at - wide / 2, middle - high / 2, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        self._today(painter)
        for at, (mark, one) in enumerate(self.clusters()):
            self._point(painter, mark, one, chosen=at == self._at and self.hasFocus())
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        drawn, metrics = self._drawn, self.fontMetrics()
        top, bottom = self._row, self._row * (len(_ROWS) + 1)
        left, right = self._x(drawn.share(drawn.starts_on)), self._x(drawn.share(drawn.ends_on))
        painter.fillRect(QRectF(left, top, right - left, bottom - top), self._look.colour("stripe"))
        for number, mark in enumerate(_ROWS):
            name = QRectF(0, top + number * self._row, self._em * _GUTTER, self._row)
            count = drawn.count(mark)
            painter.setPen(self._look.colour(_TONES[mark] if count else "sub"))
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, f"{_SIGNS[mark]} {mark} {count}")
        self._months(painter, metrics, top, bottom)

    def _months(self, painter: QPainter, metrics: QFontMetrics, top: float, bottom: float) -> None:
        drawn, free = self._drawn, -1.0
        for day in drawn.months():
            x = self._x(drawn.share(day))
            painter.setPen(QPen(self._look.colour("line"), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            era = short_wareki(day).rpartition(".")[0]
            text = era if free < 0 or day.month in (1, 4) else f"{day.month}月"
            wide = metrics.horizontalAdvance(text)
            # What would run into its neighbour, or out of the drawing, is left out.
            if x >= free and x + wide <= self.width():
                painter.setPen(self._look.colour("sub"))
                painter.drawText(QPointF(x, bottom + metrics.ascent() + 2), text)
                free = x + wide + self._em * 0.4

    def _today(self, painter: QPainter) -> None:
        drawn, metrics = self._drawn, self.fontMetrics()
        if not drawn.first <= drawn.today <= drawn.last:
            return
        x = self._x(drawn.share(drawn.today))
        painter.setPen(QPen(self._look.colour("primary"), 2))
        painter.drawLine(QPointF(x, self._row * 0.9), QPointF(x, self._row * (len(_ROWS) + 1)))
        text = f"きょう {short_day(drawn.today)}"
        wide = metrics.horizontalAdvance(text)
        painter.drawText(QPointF(min(x - wide / 2, self.width() - wide), metrics.ascent()), text)

    def _point(self, painter: QPainter, mark: Mark, one: Cluster, *, chosen: bool) -> None:
        area, tone = self.place(mark, one), self._look.colour(_TONES[mark])
        count = len(one.points)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(area.adjusted(-2, -2, 2, 2), 5, 5)
        painter.setPen(QPen(tone, 1.5))
        painter.setBrush(self._look.colour("surface"))
        if count > 1:
            painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(count) if count > 1 else _SIGNS[mark])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position().toPoint())
        if at >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._choose(at)
            self._open()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._under(event.position().toPoint()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._under(event.pos())
            QToolTip.showText(event.globalPos(), "\n".join(self._texts(at)) if at >= 0 else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self.clusters()) - 1
        steps = {Qt.Key.Key_Left: self._at - 1, Qt.Key.Key_Right: self._at + 1}
        steps |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if key in steps and last >= 0:
            self._choose(max(0, min(last, steps[Qt.Key(key)])))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self._open()
        else:
            super().keyPressEvent(event)

    def _under(self, point: QPoint) -> int:
        found = (at for at, one in enumerate(self.clusters()) if self.place(*one).contains(point))
        return next(found, -1)

    def _choose(self, at: int) -> None:
        self._at = at
        text = "、".join(self._texts(at))
        self.setAccessibleDescription(text)
        self.told.emit(text)
        self.update()

    def _texts(self, at: int) -> list[str]:
        points = self.clusters()[at][1].points
        rest = len(points) - _LISTED
        said = [told(one) for one in points[:_LISTED]]
        return [*said, f"ほか{rest}件"] if rest > 0 else said

    def _open(self) -> None:
        """The one that stands there, or a menu of several."""
        mark, cluster = self.clusters()[self._at]
        if len(cluster.points) == 1:
            self.opened.emit(cluster.points[0])
            return
        menu = self._menu = QMenu(self)
        menu.setAccessibleName(str(mark))
        for one in cluster.points[:_LISTED]:
            menu.addAction(told(one).replace("&", "&&"), partial(self.opened.emit, one))
        if len(cluster.points) > _LISTED:
            menu.addAction(f"ほか{len(cluster.points) - _LISTED}件").setEnabled(False)
        menu.popup(self.mapToGlobal(self.place(mark, cluster).bottomLeft().toPoint()))


def told(point: Point) -> str:
    """A point in words."""
    return f"{short_day(point.day)}　{point.text}"


class TimelineCard(QFrame):
    """The drawing under its heading, and what the keys point at in words."""

    def __init__(self, context: Context, contract: int, drawn: Timeline) -> None:
        super().__init__()
        self._context, self._contract = context, contract
        self.setProperty("role", "card")
        self.view = TimelineView(context.look, drawn)
        self.view.opened.connect(self._open)
        said = Eliding("sub", Qt.TextElideMode.ElideRight)
        said.say(_HINT)
        self.view.told.connect(said.say)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 8, 18, 8)
        layout.setSpacing(2)
        layout.addLayout(row(label("契約の1年", "h2"), 8, said))
        layout.addWidget(self.view)

    def _open(self, point: Point) -> None:
        if point.record:
            self._context.navigate(home(point.record, point.id))
        else:
            self._context.navigate(ShowContract(self._contract, "duties", point.kind))
