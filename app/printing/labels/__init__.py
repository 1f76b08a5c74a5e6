"""Labels with a code on sheets of labels as they are sold in Japan: measures and drawing."""
