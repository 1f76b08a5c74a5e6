"""The stamped copy that comes back: dropped or picked, found by its code, shown, and filed with its paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.common import PeopleError, Progress
from app.records import Submission
from app.ui.context import Context
from app.ui.editor.ask_dialog import AskDialog, asked
from app.ui.targets import ShowDocument

if TYPE_CHECKING:
    from app.exchange.scans.filing import Given

SCANS = "PDF・画像 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.gif *.webp);;すべてのファイル (*)"
_TITLE = "受領印のある控え"
_READING = "控えの照合用コードを読み取っています"
_FILE = "保管する"


def pick(context: Context) -> None:
    """Choose stamped copies and take them in."""
    take_in(context, context.dialogs.open_files(f"{_TITLE}を選ぶ", SCANS, several=True))


def take_in(context: Context, paths: Sequence[Path]) -> None:
    """Read the files one after the other; each is shown before anything of it is kept."""
    if not paths:
        return
    path, rest = paths[0], paths[1:]
    after = partial(take_in, context, rest)

    def work(progress: Progress) -> tuple[Given, list[str]]:
        from app.exchange.scans.filing import take_in as read

        return _told(context, read(context.ledger, path, progress))

    _read(context, work, after, lambda error: _unread(context, path, error, after))


def take_in_as(context: Context, paper: Submission) -> None:
    """Choose the stamped copy of one paper, and file it with that."""
    paths = context.dialogs.open_files(f"{_TITLE}を選ぶ", SCANS)
    if paths:
        _of_paper(context, paths[0], paper, lambda: None)


def _of_paper(context: Context, path: Path, paper: Submission, after: Callable[[], None]) -> None:
    def work(progress: Progress) -> tuple[Given, list[str]]:
        from app.exchange.scans.filing import take_in_as as read

        return _told(context, read(context.ledger, path, paper, progress))

    _read(context, work, after, lambda error: _refused(context, error, after))


def _read(
    context: Context,
    work: Callable[[Progress], tuple[Given, list[str]]],
    after: Callable[[], None],
    failed: Callable[[PeopleError], None],
) -> None:
    def done(found: tuple[Given, list[str]]) -> None:
        _ask(context, *found)
        after()

    def wrong(error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        failed(error)

    context.operations.run(work, done, title=_READING, failed=wrong)


def _told(context: Context, given: Given) -> tuple[Given, list[str]]:
    from app.exchange.scans.telling import described

    return given, described(context.ledger, given)


def _refused(context: Context, error: PeopleError, after: Callable[[], None]) -> None:
    context.tell(error)
    after()


def _unread(context: Context, path: Path, error: PeopleError, after: Callable[[], None]) -> None:
    """Where no code can be read, the number is typed."""
    from app.exchange.scans.binding import NoCodeError

    if not isinstance(error, NoCodeError):
        _refused(context, error, after)
        return
    number = context.dialogs.ask_text(_TITLE, f"{error.sentence}文書番号：", yes="次へ")
    if number is None:
        after()
        return
    paper = _numbered(context, number)
    if paper is None:
        sentence = f"文書番号「{number.strip()}」の書類はありません。番号を確かめてください。"
        _refused(context, PeopleError(sentence), after)
    else:
        _of_paper(context, path, paper, after)


def _numbered(context: Context, number: str) -> Submission | None:
    from app.records.known import Known

    facts = context.facts()
    return facts.find(Submission, Known(facts).held(Submission.spec.name, number.strip()))


def _ask(context: Context, given: Given, lines: list[str]) -> None:
    """Show what was found; file it where that is wanted."""
    named = f"「{given.name}」"
    if not given.intake.bound:
        context.dialogs.warn(f"{named}は、どの書類にも保管できません。", "\n".join(lines))
        return
    text = "\n".join((f"{named}を、次の書類の控えとして保管します。", *lines))
    if not any(bound.accepts for bound in given.intake.bound):
        if context.dialogs.ask(f"{named}を控えとして保管しますか？", _FILE, detail="\n".join(lines)):
            context.attempt(lambda: _file(context, given, None))
        return
    day = asked("submission", "accepted_on", need=False)
    hint = "受理日が分からないときは、空欄のまま保管できます。"
    dialog = AskDialog(context, f"{_TITLE}を保管", f"{text}\n{hint}", (day,), {}, _FILE)
    dialog.write = lambda values: _file(context, given, values)
    context.dialogs.show(dialog)


def _file(context: Context, given: Given, values: dict[str, Any] | None) -> None:
    from app.exchange.scans.filing import file_copies

    on = values["accepted_on"] if values else None
    done = file_copies(context.ledger, given, on, context.today())
    if len(done) == 1:
        context.navigate(ShowDocument(done[0].id))
