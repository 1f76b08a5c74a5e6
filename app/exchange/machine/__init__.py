"""What a PC itself tells of the device that it is: read without administrator rights, never guessed."""
