"""app.yaml, typed."""
from pydantic import BaseModel
class Settings(BaseModel):
    pass
