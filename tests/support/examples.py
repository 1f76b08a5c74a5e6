"""For each kind of duty and state, a small story that ends in it; collected module by module."""

from __future__ import annotations

from collections.abc import Callable

from app.annexes.kinds import State
from app.duties.duty import Duty
from tests.support.world import World

Story = Callable[[World], Duty]


class Examples(dict[tuple[str, State], Story]):
    """The stories of one module; calling it registers one for a kind and a state."""

    def __call__(self, kind: str, state: State) -> Callable[[Story], Story]:
        def keep(story: Story) -> Story:
            assert (kind, state) not in self, f"two stories for {kind} {state}"
            self[kind, state] = story
            return story

        return keep
