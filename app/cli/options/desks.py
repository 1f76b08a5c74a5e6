"""What the commands take that show one contract's course, or the desk of an accident or an audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class _Shown(NamedTuple):
    about: str
    what: str
    metavar: str
    help: str


_DESKS: Mapping[str, _Shown] = MappingProxyType(
    {
        "start": _Shown("契約の開始までに要る手順を、行う順に表示します", "contract", "CONTRACT", "契約番号"),
        "year": _Shown(
            "契約の1年の提出、できごと、これからの予定、期限超過を日付順に表示します",
            "contract",
            "CONTRACT",
            "契約番号",
        ),
        "incident": _Shown(
            "事故の連絡先、期限、報告書、忘れてはならないこと、中身と保護、経過を表示します",
            "number",
            "NUMBER",
            "事故番号",
        ),
        "audit": _Shown(
            "監査・調査までに直すこと、示す書類、渡した資料、指摘と改善を表示します",
            "number",
            "NUMBER",
            "監査番号",
        ),
    }
)


def add_commands(command: Callable[[str, str], Any], on: Callable[..., None]) -> None:
    """Add them. ``command`` makes a parser from a name and a sentence, ``on`` adds the day."""
    for name, shown in _DESKS.items():
        made = command(name, shown.about)
        made.given.add_argument(shown.what, metavar=shown.metavar, help=shown.help)
        on(made, "基準日（省略時はきょう）")
