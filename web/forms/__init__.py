"""Forms: from what people type to typed values, with messages they understand."""
