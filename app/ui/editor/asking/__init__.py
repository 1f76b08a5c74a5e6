"""What an editor asks before it writes: since when, whether a namesake is meant, what a photograph shows."""
