"""What several forms lay out alike: registers with their head, the client's answer, signatures."""
