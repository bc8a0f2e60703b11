"""The board paper: the district's board item form and the executive summary's seven sections."""
