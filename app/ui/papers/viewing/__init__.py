"""A finished file on the screen: its pages, its contents, its words, and a copy for another program."""
