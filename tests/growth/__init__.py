"""Whatever somebody writes, the work grows with its length and not with the square of it."""
