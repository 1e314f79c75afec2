"""The staff back office: Wagtail's pages that write through our actions, and who signs in there."""
