"""Every table goes in and out as CSV and XLSX with the same columns: preview, errors by row and column,
apply."""
