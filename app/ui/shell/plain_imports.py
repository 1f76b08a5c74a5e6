"""Imports as Python makes them: what Qt puts around each of them costs more than the import itself."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  # it puts its hook around every import, see below


def plain_imports() -> None:
    """Take off the hook by which PySide6 finds out who asks for other names of its methods.

    After every import it reads the source of the module and looks in it for ``PySide6``, in case somebody
    comes to say ``from __feature__ import snake_case``; nobody here does. The import that it stands around,
    and that finds the classes of Qt, PySide6 itself keeps as ``__orig_import__``: a version that keeps none
    is left as it is.
    """
    held = vars(builtins)
    if "__feature_import__" in held and "__orig_import__" in held:
        builtins.__import__ = held["__orig_import__"]
