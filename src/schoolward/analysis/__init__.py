"""Pure methods: numbers in, numbers out, no Django."""
