"""Broadcasts: an update to many, worked off in one lane a tenant; what an edit, a recall or a pause makes of it."""
