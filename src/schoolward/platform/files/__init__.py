"""Files that people hand in, kept by their content: written whole or not at all, never changed."""
