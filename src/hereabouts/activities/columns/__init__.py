"""An activity as text, column by column: what imports, exports and feeds share."""
