"""The back office's pages for activities."""
