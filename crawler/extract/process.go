package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"filon/crawler/content"
)

const (
	recycleAfter = 200              // documents that one child serves
	startTime    = 90 * time.Second // to start and, once for each machine, to compile the PDF engine
	graceTime    = time.Second      // beyond a document's own time, for a child that can still answer
)

// child is the parent's end of a running child process. It serves one document at a time.
type child struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	frames chan frame
	stderr *tail
	served int
}

type frame struct {
	kind byte
	body []byte
}

// startChild starts the command with an environment of nothing but what a process needs to run: the
// child reads hostile files and has no business with this process's settings or secrets.
func startChild(o Options) (*child, error) {
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Env = []string{"GOTRACEBACK=none"}
	for _, name := range []string{"SystemRoot", "TMPDIR", "TMP"} {
		if v, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: cmd, in: in, frames: make(chan frame), stderr: &tail{}}
	cmd.Stderr = c.stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go c.listen(out)
	return c, nil
}

// listen passes on what the child says until it ends or is killed.
func (c *child) listen(out io.Reader) {
	defer close(c.frames)
	for {
		kind, b, err := readFrame(out, maxReply)
		if err != nil {
			return
		}
		c.frames <- frame{kind, b}
	}
}

// read sends one document and waits for its item; scan tells that it shows text as pictures which were not read. A
// problem means that the child is of no more use.
func (c *child) read(ctx context.Context, q request) (item content.Item, scan bool, problem *content.Problem) {
	c.served++
	in := q.Input
	q.Input.Body = nil
	head, err := json.Marshal(q)
	if err != nil {
		return content.Item{}, false, &content.Problem{Code: content.Broken, Detail: "the document could not be handed to its reader"}
	}
	sent := make(chan error, 1)
	go func() {
		err := writeFrame(c.in, frameRequest, head)
		if err == nil && in.Path == "" {
			err = writeFrame(c.in, frameBody, in.Body)
		}
		sent <- err
	}()
	clock := time.NewTimer(startTime)
	defer clock.Stop()
	for {
		select {
		case f, open := <-c.frames:
			switch {
			case !open:
				return content.Item{}, false, c.death()
			case f.kind == frameStarted:
				clock.Reset(q.Time + graceTime)
			case f.kind == frameItem || f.kind == frameScan:
				if err := <-sent; err != nil {
					return content.Item{}, false, c.death()
				}
				if json.Unmarshal(f.body, &item) != nil {
					return content.Item{}, false, &content.Problem{Code: content.Broken, Detail: "the reader gave no readable answer"}
				}
				return item, f.kind == frameScan, nil
			}
		case <-clock.C:
			return content.Item{}, false, &content.Problem{Code: content.TimedOut, Detail: "took too long to read"}
		case <-ctx.Done():
			return content.Item{}, false, &content.Problem{Code: content.TimedOut, Detail: "reading was stopped"}
		}
	}
}

// death says why a child ended by itself.
func (c *child) death() *content.Problem {
	_ = c.in.Close()
	_ = c.cmd.Wait()
	if last := c.stderr.String(); strings.Contains(last, "out of memory") || strings.Contains(last, "cannot allocate memory") {
		return &content.Problem{Code: content.TooLarge, Detail: "needed too much memory to read"}
	}
	return &content.Problem{Code: content.Broken, Detail: Stopped}
}

// gaveUp tells whether the child answered while the document may still be read behind the answer.
func (c *child) gaveUp(item content.Item) bool {
	return item.Problem != nil && (item.Problem.Code == content.TimedOut || item.Problem.Code == content.TooLarge)
}

// end lets the child go: it exits when its input ends.
func (c *child) end() {
	_ = c.in.Close()
	gone := make(chan struct{})
	go func() {
		for range c.frames { // whatever it still says
		}
		close(gone)
	}()
	select {
	case <-gone:
	case <-time.After(2 * time.Second):
		_ = c.cmd.Process.Kill()
		<-gone
	}
	_ = c.cmd.Wait()
}

func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.in.Close()
	for range c.frames {
	}
	_ = c.cmd.Wait()
}

// tail keeps the end of what a child writes to its standard error. It is looked at for the cause of a
// death and never shown: it may quote the document.
type tail struct {
	sync.Mutex
	kept []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.Lock()
	defer t.Unlock()
	t.kept = append(t.kept, p...)
	if len(t.kept) > 8192 {
		t.kept = append(t.kept[:0], t.kept[len(t.kept)-4096:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.Lock()
	defer t.Unlock()
	return string(bytes.ToLower(t.kept))
}
