"""`make bench`: how fast the public pages are beside a trivial view of the same server."""
