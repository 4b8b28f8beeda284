package extract

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"testing"
	"time"
)

// TestMain lets the test binary be its own child process, a good one or one of several bad ones.
func TestMain(m *testing.M) {
	mode := ""
	if len(os.Args) == 2 {
		mode = os.Args[1]
	}
	switch mode {
	case "read-documents":
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	case "child-that-hangs":
		_ = writeFrame(os.Stdout, frameStarted, nil)
		time.Sleep(time.Hour)
	case "child-that-crashes":
		_, _, _ = readFrame(bufio.NewReader(os.Stdin), maxReply)
		os.Exit(2)
	case "child-without-memory":
		_, _, _ = readFrame(bufio.NewReader(os.Stdin), maxReply)
		fmt.Fprintln(os.Stderr, "fatal error: runtime: out of memory")
		os.Exit(2)
	case "child-that-babbles":
		_, _ = io.WriteString(os.Stdout, "i\xff\xff\xff\xffnonsense")
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	default:
		os.Exit(m.Run())
	}
}
