"""The staff back office: Wagtail's pages, writing through actions, and the users' pages."""
