"""Template filters of the pages that span domains."""
