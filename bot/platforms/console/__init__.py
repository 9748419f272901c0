"""The console: a web page on this machine, the third platform beside Slack and Teams.

One picks a person, types what they would type, and sees what they would get.
"""
