"""What every address of the web server needs: who may ask, and how a body is read that anybody may have sent."""
