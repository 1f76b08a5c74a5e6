"""授受の状況: the hand-overs that wait for a slip or for its signed copy."""
