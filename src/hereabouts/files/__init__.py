"""Spreadsheets and maps, in and out: headings and rows of text. Knows no database and no record."""
