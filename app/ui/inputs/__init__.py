"""Inputs: the widget for each kind of field. ``by_kind.make_input`` makes the one a field asks for."""
