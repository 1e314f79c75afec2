"""What staff see and do in the back office."""
