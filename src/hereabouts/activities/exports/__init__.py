"""Activities exported as csv, xlsx, KML and GeoJSON; an import reads each of them back.

Open data: published activities, and of each only what its page shows.
"""
