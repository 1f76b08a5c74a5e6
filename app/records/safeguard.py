"""What keeps a thing safe while it is carried or taken out: a closed list, so that clauses can ask for it."""

from enum import StrEnum


class Safeguard(StrEnum):
    """One measure. Free text beside the list is for people; it never stands for one of these."""

    CASE = "専用ケース"
    LOCKED_CASE = "施錠ケース"
    SEALED = "封緘"
    TRACKED = "追跡便"
    TWO_PEOPLE = "二人運搬"
    ATTENDED = "手元から離さない運搬"
    ENCRYPTED = "暗号化"
    PASSWORD = "パスワード"  # noqa: S105  # the name of a measure
