"""What is drawn with lines of its own: charts."""
