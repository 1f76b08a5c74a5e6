"""The acts of a working day where one looks for them: a menu beside what is chosen, one key for accidents.

What can be done is asked only when the menu comes up: selecting rows costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.context import Context
from app.ui.parts.widgets import Button, button
from app.ui.targets import DoAct, MakeHandout, ShowHandovers, ShowOutside

if TYPE_CHECKING:
    from app.exchange.handouts.handout import Handout
    from app.records import Record
    from app.ui.page import Page
    from app.work.acts.plan import Act, Ground

Groups = Sequence[Sequence["Record"]]
"""What acts may be done to: of one kind in each group, and the acts of the first stand first."""
WORD = "手続き"
"""How the acts are called where one of them is chosen."""
_NOTHING = "選んだ記録に行える手続きはありません"
_CHOOSE = "行を選ぶと、その記録に行える手続きが表示されます"


def ground_of(context: Context) -> Ground:
    """What acts are planned from, as of now."""
    # Late: きょう is made before anything is known of acts.
    from app.work.acts.plan import Ground

    clock = context.moment()
    return Ground(context.facts(), context.catalogue, context.forms, clock.date(), clock)


class Besides(NamedTuple):
    """What else a page offers there: its words, its hint and what it does."""

    text: str
    hint: str
    do: Callable[[], object]


_OUTSIDE = "持出しの状況…"
_UNSIGNED = "授受の状況…"


def board(context: Context, contract: int = 0) -> Besides:
    """The way to all that is out now."""
    hint = "いま外にあるものを、期限を過ぎたものから示します"
    return Besides(_OUTSIDE, hint, lambda: context.navigate(ShowOutside(contract)))


def unsigned(context: Context, contract: int = 0) -> Besides:
    """The way to the hand-overs that wait for a signed copy."""
    hint = "双方の署名のある控えがまだない受領・返還を示します"
    return Besides(_UNSIGNED, hint, lambda: context.navigate(ShowHandovers(contract)))


class ActsMenu(QMenu):
    """What can be done to what is chosen, in the order of the acts' own catalogue, then ``besides``."""

    def __init__(
        self, context: Context, chosen: Callable[[], Groups], parent: QWidget, *besides: Besides
    ) -> None:
        super().__init__(WORD, parent)
        self.setAccessibleName(WORD)
        self._context = context
        self._chosen = chosen
        self._besides = besides
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Ask anew what can be done."""
        from app.exchange.handouts.catalogue import handouts
        from app.work.acts.offering import offers

        self.clear()
        ground = ground_of(self._context)
        papers: list[tuple[Handout, tuple[int, ...]]] = []
        for group in self._chosen():
            found = offers(ground, group)
            papers += handouts(ground, group)
            if not self.isEmpty():
                self.addSeparator()
            for one in found:
                made = self._put(one.act, DoAct(one.act.name, one.ids), "（1件ずつ）" if one.alone else "")
                made.setEnabled(not one.alone)
            if not found:
                self.addAction(_NOTHING if group else _CHOOSE).setEnabled(False)
        if papers:
            self.addSeparator()
        for handout, ids in papers:
            go = partial(self._context.navigate, MakeHandout(handout.name, ids))
            self.addAction(f"{handout.title}を印刷…", go).setToolTip(handout.hint)
        for other in self._besides:
            self.addAction(other.text, other.do).setToolTip(other.hint)

    def _put(self, act: Act, target: DoAct, more: str = "", menu: QMenu | None = None) -> QAction:
        made = (menu or self).addAction(f"{act.title}…{more}", partial(self._context.navigate, target))
        made.setToolTip(act.hint)
        return made


class AllActsMenu(ActsMenu):
    """Every act, in a menu for each type of record that it is done to; which one is asked for on its page."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, tuple, parent, board(context), unsigned(context))

    def fill(self) -> None:
        from app.work.acts.catalogue import ACTS

        self.clear()
        for old in self.findChildren(QMenu):
            old.deleteLater()
        for about in dict.fromkeys(one.about for one in ACTS.values()):
            # A menu of its own: a heading between fifty lines is overlooked, and several acts sound alike.
            inner = self.addMenu(about.spec.label)
            inner.setAccessibleName(about.spec.label)
            inner.setToolTipsVisible(True)
            for one in ACTS.values():
                if one.about is about:
                    self._put(one, DoAct(one.name), menu=inner)
        self.addSeparator()
        for other in self._besides:
            self.addAction(other.text, other.do).setToolTip(other.hint)


def acts_button(menu: ActsMenu, hint: str = "") -> Button:
    """The button under which the acts stand."""
    made = Button(WORD)
    made.setAccessibleName(WORD)
    made.setToolTip(hint)
    made.setMenu(menu)
    return made


def sheets_after(context: Context, written: Sequence[Record]) -> list[QWidget]:
    """A button for each sheet that is needed next, once an act has written these records."""
    from app.exchange.handouts.catalogue import handouts

    ground = ground_of(context)
    return [
        button(
            f"{one.title}を印刷…",
            partial(context.navigate, MakeHandout(one.name, ids)),
            hint=one.hint,
        )
        for record in written
        for one, ids in handouts(ground, [record])
        if one.needed_next
    ]


def act_buttons(context: Context, record: Record) -> list[QWidget]:
    """A button for each act that can be done to one record, and for each paper that can be printed for it."""
    from app.exchange.handouts.catalogue import handouts
    from app.work.acts.offering import offers

    ground = ground_of(context)
    found = offers(ground, [record])
    papers = [
        button(
            f"{one.title}を印刷…",
            partial(context.navigate, MakeHandout(one.name, ids)),
            kind="link",
            hint=one.hint,
        )
        for one, ids in handouts(ground, [record])
    ]
    acts = [
        button(
            f"{one.act.title}…",
            partial(context.navigate, DoAct(one.act.name, one.ids)),
            kind="link",
            hint=one.act.hint,
        )
        for one in found
    ]
    return [*acts, *papers]


def report_accident(context: Context, page: Page) -> None:
    """Begin what cannot wait: with what is chosen on ``page``, where an accident can happen to that."""
    from app.work.acts.offering import offers, urgent

    if context.ledger.read_only:
        context.say("閲覧のみで開いているため、事故を登録できません。")
        return
    ground = ground_of(context)
    for group in page.chosen_records():
        for one in offers(ground, group):
            if one.act.urgent and not one.alone:
                context.navigate(DoAct(one.act.name, one.ids))
                return
    context.navigate(DoAct(urgent()[0].name))
