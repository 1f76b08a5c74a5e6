"""What was said of an act that is not registered yet: kept sealed on this computer, for who comes back to it.

Counting a store takes an hour, and a computer may end in between. What is kept holds numbers and perhaps
names: it is sealed with a key of the ledger's, lies in no backup, and nothing rests on it but what the page
shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from app.filesystem import remove_file
from app.ledger.secret.sealed_file import seal, unseal
from app.records.days import wareki_moment
from app.ui.acts.form import ActForm
from app.ui.context import Context
from app.ui.parts.widgets import Notice, button
from app.work.acts.plan import Act

_PURPOSE = "unfinished"
T = TypeVar("T")
_FAILED = "途中まで確かめた分をこのPCに残せません。離れる前に、ここまでを登録してください。"
_KEPT = "途中まで確かめた分は、暗号化してこのPCに残しました。もう一度「{}」を開くと、続きから行えます。"
"""Said to whoever leaves; with the title of the act."""


class Left(NamedTuple):
    """What was said, by the name of its field, and when."""

    at: datetime
    said: Mapping[str, Any]

    @property
    def told(self) -> str:
        """What is shown again, and how to begin anew."""
        when = wareki_moment(self.at.replace(tzinfo=None))
        return (
            f"前に登録しないまま終わった内容を入れてあります（{when}まで）。日付はきょうです。"
            "使わないときは「初めから行う」を押してください。"
        )


class Unfinished:
    """What is kept of one act on the records of these ids."""

    def __init__(self, context: Context, act: str, ids: tuple[int, ...]) -> None:
        self._context = context
        name = f"{context.ledger.id}.{act}.{'-'.join(map(str, ids))}.draft"
        # Whoever leaves keeps it at once, while the worker may be about to: one after the other.
        self._lock = Lock()
        self.path = context.preferences.path.parent / "unfinished" / name

    def read(self) -> Left | None:
        """What was kept; None where nothing was, or where it cannot be read any more."""
        data = unseal(self.path, self._context.ledger.key, _PURPOSE)
        if data is None:
            return None
        try:
            held = json.loads(data)
            return Left(datetime.fromisoformat(held["at"]), dict(held["said"]))
        except (ValueError, TypeError, KeyError):
            return None

    def keep(self, said: Mapping[str, Any]) -> bool:
        """Keep what is said by now; False where that failed, and what was kept before stands."""
        plain = {name: value for name, value in said.items() if isinstance(value, str | int | None)}
        held = {"at": self._context.program.now().isoformat(), "said": plain}
        with self._lock:
            return seal(self.path, self._context.ledger.key, _PURPOSE, json.dumps(held).encode("utf-8"))

    def forget(self) -> None:
        """Keep nothing of it any more: it is registered, or begun anew."""
        with self._lock, suppress(OSError):
            remove_file(self.path)


class Resuming:
    """Keeps what is said on the page of an act that wants it, and shows it again to who comes back."""

    def __init__(self, context: Context, act: Act, notice: Notice, again: Callable[[], None]) -> None:
        """``again``: asks everything anew."""
        self._context, self._act, self._notice, self._again = context, act, notice, again
        self._kept: Unfinished | None = None
        self.anew = button("初めから行う", self._begin_anew)
        self.anew.hide()

    def left(self, ids: tuple[int, ...], said: Mapping[str, Any]) -> Mapping[str, Any]:
        """What was kept of an earlier time, where nothing of it is ``said`` yet."""
        self.anew.hide()
        self._kept = Unfinished(self._context, self._act.name, ids) if self._act.kept and ids else None
        if self._kept is None or any(one in said for one in self._act.kept):
            return {}
        left = self._kept.read()
        if left is None:
            return {}
        self.anew.show()
        self._notice.say(left.told, "info")
        return left.said

    def keep(self, form: ActForm) -> None:
        """Keep what is said by now, in the worker: at every sign, since a computer may end at any."""
        kept = self._kept
        if kept is None:
            return
        said, some = self._said(form), form.changed(self._act.kept)

        def work() -> bool:
            if some:
                return kept.keep(said)
            kept.forget()
            return True

        # One after the other, never dropped: what is kept last is what was said last.
        self._run(work, self._tell)

    def _tell(self, done: bool) -> None:
        if not done:
            self._notice.say(_FAILED, "warn")

    def keep_at_once(self, form: ActForm) -> bool:
        """Keep it before the page goes, and say so; False where there is nothing to keep, or no way to."""
        if self._kept is None:
            return False
        form.settle()
        if not form.changed(self._act.kept) or not self._kept.keep(self._said(form)):
            return False
        self._context.say(_KEPT.format(self._act.title))
        return True

    def forget(self) -> None:
        """It is registered: nothing of it is unfinished any more."""
        self.anew.hide()
        if self._kept is not None:
            self._run(self._kept.forget, lambda _done: None)

    def _begin_anew(self) -> None:
        if self._kept is None or not self._context.dialogs.ask(
            "登録していない続きを消して、初めから行いますか？",
            "消して初めから行う",
            detail="消した内容は元に戻せません。",
            grave=True,
        ):
            return
        self._notice.say("", "info")
        self._run(self._kept.forget, lambda _done: self._again())

    def _said(self, form: ActForm) -> dict[str, Any]:
        said = form.answers()
        return {name: said[name] for name in self._act.kept if name in said}

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """In the worker; ``then`` only while the page is still there, whose button this is."""
        self._context.operations.run(lambda _progress: work(), then, owner=self.anew)
