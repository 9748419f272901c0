"""The one way in: every command, press and form passes the dispatcher, once."""
