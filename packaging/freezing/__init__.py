"""What goes into a program that runs without Python: the parts, their licences, and how it is frozen."""
