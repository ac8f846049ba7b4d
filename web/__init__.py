"""How people and programs reach Brug: the Flask application and the command line."""
