"""Learning from decisions: weights that fit them, and words that they teach."""
