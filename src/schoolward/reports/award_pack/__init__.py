"""The audit pack of one award: every entry to what proves it, what it was for and who let it by."""
