"""The back office's pages for partners."""
