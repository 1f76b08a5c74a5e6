"""The acts on machines and media, and on what is kept on them: moved, taken out, lost, taken out of use."""
