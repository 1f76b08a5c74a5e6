"""How a fault calls what stands in an annex: by the keys of the file, or by what people see instead of it."""

from __future__ import annotations

from app.annexes.files.toml_lines import Path
from app.annexes.kinds import When


class Words:
    """The words of an annex file itself; a workbook has heads and lists in the place of keys and names."""

    def field(self, path: Path) -> str:
        """What the key at ``path`` is called."""
        return str(path[-1])

    def kind(self, name: str) -> str:
        """What a kind of duty is called."""
        return name

    def moment(self, moment: When) -> str:
        """What a moment is called."""
        return str(moment)

    def no_kind(self, key: str) -> str:
        """The sentence for parameters of a kind that the clause does not have."""
        return f"「{key}」はこの条項の kinds にありません。どちらかを直してください。"

    def no_part(self, key: str, *, single: bool) -> str:
        """The sentence for a number that names no part; ``single``: the annex has no parts with a name."""
        del single
        return f"「{key}」という [[part]] がありません。番号を直してください。"

    def no_option(self, key: str) -> str:
        """The sentence for an option that is not declared."""
        return f"「{key}」という [[option]] がありません。"


FILE_WORDS = Words()
