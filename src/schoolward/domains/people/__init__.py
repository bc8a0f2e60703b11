"""Staff of the partnership's agencies: contact cards and positions. No children."""
