"""Lists that people already have, brought in whole: a preview first, then all rows or none."""
