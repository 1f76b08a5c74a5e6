"""Stories in which a parameter matters that no story of a state needs: kind → stories."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.examples import Story

STORIES: dict[str, list[Story]] = {}


def about(kind: str) -> Callable[[Story], Story]:
    """Keep a story about a kind."""

    def keep(story: Story) -> Story:
        STORIES.setdefault(kind, []).append(story)
        return story

    return keep
