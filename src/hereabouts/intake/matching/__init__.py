"""Which venue, organisation, kind or class of ours does a row mean?"""
