"""Pure, sans-I/O wire formats: bytes in, values out."""
