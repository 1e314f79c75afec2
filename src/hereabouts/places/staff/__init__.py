"""The back office's pages for venues."""
