"""What each view of きょう is: one way to look at an assessment."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtWidgets import QWidget

from app.work.assessment import Assessment


class View(QWidget):
    """Made with the context; shows one assessment after the other."""

    @abstractmethod
    def show_made(self, made: Assessment) -> None:
        """Show another assessment."""

    @abstractmethod
    def wait(self) -> None:
        """Show that there is none yet for the day: nothing of a former one stays."""
