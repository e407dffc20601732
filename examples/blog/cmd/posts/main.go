// Command posts serves the posts of the blog as JSON.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"example.com/blog/internal/pg"
	"example.com/blog/internal/service"
)

func main() {
	database := os.Getenv("DATABASE_URL")
	list := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rows, err := pg.Query(r.Context(), database, "SELECT id, title FROM posts ORDER BY id")
		if err != nil {
			log.Print(err)
			http.Error(w, "the database does not answer", http.StatusBadGateway)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(rows); err != nil {
			log.Print(err)
		}
	})
	service.Run("posts", ":8080", list, func(ctx context.Context) error {
		_, err := pg.Query(ctx, database, "SELECT 1")
		return err
	})
}
