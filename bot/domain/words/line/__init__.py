"""What a typed line says, put together from all that could be a customer, a day, a person or a commitment in it."""
