"""条項 and 義務 as lists, shared by the pages that show them."""
