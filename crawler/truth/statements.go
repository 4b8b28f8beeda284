package truth

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"

	"modernc.org/sqlite"
)

// connector opens connections that keep their statements: what is asked for every page is compiled once, which
// costs as much as running it. Callers go on to give SQL as text.
type connector struct{ dsn string }

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	able, ok := opened.(ableConn)
	if !ok {
		opened.Close()
		return nil, fmt.Errorf("the SQLite driver's connection cannot do what is asked of it")
	}
	return &conn{ableConn: able, kept: map[string]*statement{}}, nil
}

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return &sqlite.Driver{} }

// ableConn is a connection with all that database/sql may ask of it.
type ableConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// ableStmt is a compiled statement.
type ableStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// conn is a connection and the statements that it keeps. Like every driver.Conn it is used by one goroutine at a
// time; rows of one statement may be open while another runs.
type conn struct {
	ableConn
	kept  map[string]*statement // those that are not in use
	clock int
}

type statement struct {
	ableStmt
	used int // conn.clock when it was last used
}

const (
	mostKept    = 64  // statements of one connection: each holds a few KB
	longestKept = 900 // bytes; longer ones are lists that differ each time
)

// keeps tells whether a statement is worth keeping: SQLite compiles it as it stands, and it is run again.
func keeps(query string) bool {
	if len(query) > longestKept || strings.Contains(query, ";") {
		return false
	}
	verb, _, _ := strings.Cut(query, " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE":
		return true
	}
	return false
}

// take gives the compiled statement, which is the caller's alone until it is given back.
func (c *conn) take(ctx context.Context, query string) (*statement, error) {
	if s, ok := c.kept[query]; ok {
		delete(c.kept, query)
		return s, nil
	}
	compiled, err := c.ableConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	able, ok := compiled.(ableStmt)
	if !ok {
		compiled.Close()
		return nil, fmt.Errorf("the SQLite driver's statement cannot do what is asked of it")
	}
	return &statement{ableStmt: able}, nil
}

// give takes a statement back. One that has failed, or was compiled twice, is closed.
func (c *conn) give(query string, s *statement, failed bool) error {
	if _, twice := c.kept[query]; failed || twice {
		return s.Close()
	}
	if len(c.kept) >= mostKept {
		oldest := ""
		for q, k := range c.kept {
			if oldest == "" || k.used < c.kept[oldest].used {
				oldest = q
			}
		}
		if err := c.kept[oldest].Close(); err != nil {
			return err
		}
		delete(c.kept, oldest)
	}
	c.clock++
	s.used = c.clock
	c.kept[query] = s
	return nil
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !keeps(query) {
		return c.ableConn.ExecContext(ctx, query, args)
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	res, err := s.ExecContext(ctx, args)
	if gerr := c.give(query, s, err != nil); err == nil {
		err = gerr
	}
	return res, err
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if !keeps(query) {
		return c.ableConn.QueryContext(ctx, query, args)
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		c.give(query, s, true)
		return nil, err
	}
	return &rows{Rows: found, conn: c, query: query, of: s}, nil
}

// Close implements driver.Conn.
func (c *conn) Close() error {
	for q, s := range c.kept {
		s.Close()
		delete(c.kept, q)
	}
	return c.ableConn.Close()
}

// rows are the answer of a statement that goes back to its connection when they are closed.
type rows struct {
	driver.Rows
	conn  *conn
	query string
	of    *statement
}

// Close implements driver.Rows.
func (r *rows) Close() error {
	err := r.Rows.Close()
	if r.of != nil {
		if gerr := r.conn.give(r.query, r.of, err != nil); err == nil {
			err = gerr
		}
		r.of = nil
	}
	return err
}
