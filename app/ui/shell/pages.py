"""The pages of the window: the rooms, and above the one that is shown what was opened from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.ui.context import Context
from app.ui.parts.live_line import finish_composing
from app.ui.parts.space.screen import Framed
from app.ui.shell.rooms import ROOMS, page_of, room_of, same_place
from app.ui.targets import Target

if TYPE_CHECKING:
    from app.ui.page import Page


class Pages(QStackedWidget):
    """``moved`` when another page is shown, or the one that is shown has another title."""

    moved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.room = 0
        """The number of the room that one is in."""
        self._rooms: dict[int, Page] = {}
        self._trail: list[tuple[Target, Page]] = []

    @property
    def page(self) -> Page:
        """The page one sees."""
        return self._trail[-1][1] if self._trail else self._rooms[self.room]

    @property
    def titles(self) -> list[str]:
        """What was opened from the room, the last one uppermost."""
        return [page.title() for _target, page in self._trail]

    def prepare(self) -> None:
        """Make the first room, before anything is opened."""
        self.setCurrentWidget(_frame(self._room_page(self.room)))

    def open(self, target: Target) -> None:
        """Show a room, or put a page above the one that is shown."""
        number = room_of(target)
        if number is None:
            self._push(target)
        elif self.leave_all():
            self.room = number
            self._room_page(number).show_target(target)
            self._show()
        else:
            self.moved.emit()

    def back(self) -> None:
        """Leave the uppermost page."""
        if self._trail and self._may_drop():
            self._drop()
            self._show()

    def close_page(self, page: Page) -> None:
        """Take away a page that has done its work, without asking."""
        if self._trail and self._trail[-1][1] is page:
            self._drop()
            self._show()

    def leave_all(self) -> bool:
        """Leave every page above the room, asking about what is not saved; False if the person stays."""
        while self._trail:
            self._show(refresh=False)
            if not self._may_drop():
                self._show(refresh=False)
                return False
            self._drop()
        return True

    def forget_hidden_rooms(self) -> None:
        """Make each room but the one that one is in anew when it is next shown."""
        for number in [one for one in self._rooms if one != self.room]:
            self._take_away(self._rooms.pop(number))

    def _push(self, target: Target) -> None:
        if self._return_to(target):
            return
        page = self._made(lambda: page_of(self._context, target))
        page.finished.connect(lambda: self.close_page(page))
        page.renewed.connect(self.moved)
        self._trail.append((target, page))
        self._show()

    def _return_to(self, target: Target) -> bool:
        """Go back to where ``target`` already is in the trail; False where it has to be begun.

        What is done and over there is taken away: to say it a second time, one would else be shown only that
        it was done the first time.
        """
        at = next((n for n, (held, _) in enumerate(self._trail) if same_place(held, target)), None)
        if at is None:
            return False
        while len(self._trail) > at + 1:
            if not self._may_drop():
                return True
            self._drop()
        page = self._trail[at][1]
        if page.over:
            self._drop()
            return False
        self._trail[at] = (target, page)
        page.show_target(target)
        self._show()
        return True

    def _room_page(self, number: int) -> Page:
        if number not in self._rooms:
            self._rooms[number] = self._made(lambda: ROOMS[number].make(self._context))
        return self._rooms[number]

    def _made(self, make: Callable[[], Page]) -> Page:
        """A page, made where it is to stand; nothing is left in its place where it cannot be made."""
        frame = Framed(inside=self)
        self._context.place = frame.place
        try:
            page = make()
        except BaseException:
            self.removeWidget(frame)
            frame.deleteLater()
            raise
        finally:
            self._context.place = None
        frame.hold(page)
        return page

    def _may_drop(self) -> bool:
        """Whether the uppermost page may be left, with the word that is still under composition in it.

        Alt+F4 moves the keyboard to nothing else: that word would be gone without a question.
        """
        finish_composing()
        return self._trail[-1][1].can_leave()

    def _drop(self) -> None:
        self._take_away(self._trail.pop()[1])

    def _take_away(self, page: Page) -> None:
        frame = _frame(page)
        self.removeWidget(frame)
        frame.deleteLater()

    def _show(self, *, refresh: bool = True) -> None:
        page = self.page
        if refresh:
            page.refresh()
        if self.currentWidget() is not _frame(page):
            # Else Qt hands the keyboard to whatever comes first on the new page, a red button perhaps.
            self.setFocus()
            self.setCurrentWidget(_frame(page))
        self.moved.emit()
        if refresh:
            page.take_keyboard()


def _frame(page: Page) -> Framed:
    """What scrolls a page in the window."""
    around = page.parentWidget()
    while around is not None and not isinstance(around, Framed):
        around = around.parentWidget()
    if around is None:
        raise TypeError(type(page))
    return around
