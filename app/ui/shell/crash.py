"""A fault of the program: told calmly, with details that hold no personal data, to be saved if one likes."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from app.common import kind_of_error
from app.ui.parts.dialogs import Dialogs

Tell = Callable[[str], None]


def details(error: BaseException, trace: TracebackType | None) -> str:
    """Where it went wrong: files, lines and the kind of error, never a value or a message."""
    import platform

    lines = [
        f"受託台帳 / Python {platform.python_version()} / {platform.platform()}",
        kind_of_error(error),
    ]
    for frame in traceback.extract_tb(trace):
        name = frame.filename.replace("\\", "/")
        parts = name.split("/")
        short = "/".join(parts[parts.index("app") :]) if "app" in parts else parts[-1]
        lines.append(f"  {short}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


class Faults:
    """Takes every error nobody handled, tells it once at a time, and goes on."""

    def __init__(self, dialogs: Dialogs) -> None:
        self._dialogs = dialogs
        self._telling = False

    def install(self) -> None:
        """Take what Python would print."""
        sys.excepthook = self.handle
        threading.excepthook = lambda args: self.handle(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell of a fault. A second one while the first is told is only written down."""
        del kind
        text = details(error, trace)
        if sys.stderr is not None:
            sys.stderr.write(text)
        if self._telling or threading.current_thread() is not threading.main_thread():
            return
        self._telling = True
        try:
            self._tell(text)
        finally:
            self._telling = False

    def _tell(self, text: str) -> None:
        from app.common import PeopleError
        from app.exchange.saving import save

        wanted = self._dialogs.ask(
            "予期しない誤りが起きました。",
            "詳細を保存…",
            detail="保存済みの記録は失われていません。同じ操作で繰り返すときは、詳細を保存して"
            "開発元に送ってください。詳細に氏名などの記録の内容は含まれません。",
            no="閉じる",
        )
        if not wanted:
            return
        path = self._dialogs.save_file("詳細を保存", "受託台帳-詳細.txt", "テキスト (*.txt)")
        if path is not None:
            try:
                save(path, text.encode())
            except PeopleError as refused:
                self._dialogs.warn(refused.sentence)
