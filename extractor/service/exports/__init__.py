"""What leaves the review: working paper, gold, CSV, rectification notice."""
