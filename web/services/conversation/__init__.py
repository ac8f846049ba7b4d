"""What the two sides of a match say to each other before and after they meet, and when."""
