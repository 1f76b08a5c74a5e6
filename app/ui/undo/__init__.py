"""元に戻す: what was done last, what of it can be taken back, and taking it back."""
