"""The bank's own records: people, clients, products, holdings, and the store they stand in."""
