"""What's on as a file to take away: csv, xlsx, KML, GeoJSON. An import reads each of them back.

Open data for everybody: what is published, and of that what its page shows.
"""
