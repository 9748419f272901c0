"""How a person or a program proves who it is: accounts on platforms, sign-ins on the web, tokens for the API."""
