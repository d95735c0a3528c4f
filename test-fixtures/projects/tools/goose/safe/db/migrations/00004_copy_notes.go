package migrations

// A migration in Go.
