"""The demo world: an invented partnership at real postcodes."""
