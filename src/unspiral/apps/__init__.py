"""Ways in: the command line and the web server."""
