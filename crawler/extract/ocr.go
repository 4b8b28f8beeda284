package extract

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// OCR is a program on this machine that reads pictures of text: tesseract, 4 or later.
type OCR struct {
	Program   string   `json:"program"`
	Version   string   `json:"version"`
	Languages []string `json:"languages"` // of its data, those that filon reads
	Turns     bool     `json:"turns"`     // it can tell how a page is turned
	Data      string   `json:"data"`      // where the user keeps its data; "" is its own place
}

// Why FindOCR finds nothing.
var (
	ErrNoOCR          = errors.New("tesseract is not installed")
	ErrNoOCRLanguages = errors.New("tesseract has neither French nor English")
)

// ocrLanguages are the languages that pictures of text are read in, as far as they are installed.
var ocrLanguages = []string{"fra", "eng"}

// FindOCR looks for tesseract on the path and asks it what it can read.
func FindOCR(ctx context.Context) (OCR, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return OCR{}, ErrNoOCR
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	o := OCR{Program: path, Data: os.Getenv("TESSDATA_PREFIX")}
	said, err := exec.CommandContext(ctx, path, "--version").CombinedOutput() // some versions answer on the one, some on the other
	if err != nil {
		return OCR{}, fmt.Errorf("%w, or does not start", ErrNoOCR)
	}
	if fields := strings.Fields(string(said)); len(fields) > 1 && fields[0] == "tesseract" {
		o.Version = strings.TrimPrefix(fields[1], "v")
	}
	said, err = exec.CommandContext(ctx, path, "--list-langs").CombinedOutput()
	if err != nil {
		return OCR{}, ErrNoOCRLanguages
	}
	has := strings.Fields(string(said))
	for _, l := range ocrLanguages {
		if slices.Contains(has, l) {
			o.Languages = append(o.Languages, l)
		}
	}
	o.Turns = slices.Contains(has, "osd")
	if len(o.Languages) == 0 {
		return OCR{}, ErrNoOCRLanguages
	}
	return o, nil
}

// name is how an item says who read it.
func (o OCR) name() string {
	return strings.TrimSpace("tesseract "+o.Version) + " " + strings.Join(o.Languages, "+")
}

// Bounds of one run of tesseract, which reads one page.
const (
	ocrPageTime = time.Minute      // by the clock: other work may hold the machine
	ocrPageCPU  = 20 * time.Second // a dense page takes four
	ocrOutput   = 4 << 20          // bytes of its table of words
	ocrPixels   = 10 << 20
	ocrDPI      = 300
	// Below leastSure a line is taken for what tesseract makes of a picture, and is not kept.
	leastSure = 40
	sureAlone = 85 // the same of a line of one or two letters, which are mostly strokes of a drawing
	// A reading is trusted from sureEnough on: below, or with fewer than lettersOfAPage letters a page, what is
	// missing may be what matters.
	sureEnough     = 60
	lettersOfAPage = 16
)

// ocrText is what was read of one picture: its lines, and how sure the reader is of them by letter.
type ocrText struct {
	lines   []string
	letters int
	sure    float64 // mean over letters, 0 to 100
}

// read reads one picture. tesseract is given nothing but grey pixels that were decoded before, in an empty
// environment, and no longer than ctx and ocrPageTime allow; memory is in bytes.
func (o OCR) read(ctx context.Context, m *image.Gray, memory int64) (ocrText, error) {
	text, err := o.run(ctx, m, "3", memory)
	if err == nil && o.Turns && (text.letters < lettersOfAPage || text.sure < sureEnough) && (looksWritten(m) || looksWritten(onItsSide(m))) {
		// Perhaps it lies on its side or on its head.
		if turned, e := o.run(ctx, m, "1", memory); e == nil && float64(turned.letters)*turned.sure > float64(text.letters)*text.sure {
			return turned, nil
		}
	}
	return text, err
}

func (o OCR) run(ctx context.Context, m *image.Gray, mode string, memory int64) (ocrText, error) {
	ctx, cancel := context.WithTimeout(ctx, ocrPageTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, o.Program, "stdin", "stdout", "-l", strings.Join(o.Languages, "+"), "--psm", mode, "--dpi", strconv.Itoa(ocrDPI), "tsv")
	cmd.Env = []string{"OMP_THREAD_LIMIT=1", "LC_ALL=C"} // one page at a time on one core: the crawl goes on beside it
	if o.Data != "" {
		cmd.Env = append(cmd.Env, "TESSDATA_PREFIX="+o.Data)
	}
	cmd.WaitDelay = time.Second
	cmd.Stdin = pgm(m)
	out := &most{left: ocrOutput}
	cmd.Stdout = out
	// Where the system can, it ends with the thread that started it: nothing is left behind when this process is killed.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	dieWithParent(cmd)
	if err := cmd.Start(); err != nil {
		return ocrText{}, err
	}
	limitProcess(cmd.Process.Pid, memory, ocrPageCPU)
	if err := cmd.Wait(); err != nil {
		return ocrText{}, err
	}
	return ocrLines(out.Bytes()), nil
}

// pgm is a picture as the plainest format there is.
func pgm(m *image.Gray) io.Reader {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	head := strings.NewReader(fmt.Sprintf("P5\n%d %d\n255\n", w, h))
	if m.Stride == w {
		return io.MultiReader(head, bytes.NewReader(m.Pix[:w*h]))
	}
	rows := make([]io.Reader, 0, h+1)
	rows = append(rows, head)
	for y := range h {
		rows = append(rows, bytes.NewReader(m.Pix[y*m.Stride:y*m.Stride+w]))
	}
	return io.MultiReader(rows...)
}

// most keeps no more than it has room for and refuses the rest.
type most struct {
	bytes.Buffer
	left int
}

func (m *most) Write(p []byte) (int, error) {
	if m.left -= len(p); m.left < 0 {
		return 0, errTooLarge
	}
	return m.Buffer.Write(p)
}

// ocrLines reads tesseract's table of words (TSV): level, page, block, paragraph, line, word, left, top, width,
// height, confidence, text; a word has level 5.
func ocrLines(table []byte) (t ocrText) {
	var line []string
	var at [3]string
	letters, sure, total := 0, 0.0, 0.0
	flush := func() {
		if letters > 0 && sure/float64(letters) >= leastSure && (letters > 2 || sure/float64(letters) >= sureAlone) {
			t.lines = append(t.lines, strings.Join(line, " "))
			t.letters += letters
			total += sure
		}
		line, letters, sure = nil, 0, 0
	}
	rows := bufio.NewScanner(bytes.NewReader(table))
	rows.Buffer(nil, 1<<20)
	for rows.Scan() {
		f := strings.SplitN(rows.Text(), "\t", 12)
		if len(f) < 12 || f[0] != "5" || !utf8.ValidString(f[11]) {
			continue
		}
		c, err := strconv.ParseFloat(f[10], 64)
		word := strings.TrimSpace(f[11])
		if err != nil || c < 0 || c > 100 || word == "" {
			continue
		}
		if here := [3]string{f[2], f[3], f[4]}; here != at {
			flush()
			at = here
		}
		n := 0
		for _, r := range word {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				n++
			}
		}
		line = append(line, word)
		letters += n
		sure += c * float64(n)
	}
	flush()
	if t.letters > 0 {
		t.sure = total / float64(t.letters)
	}
	t.lines = joinHyphens(t.lines)
	return t
}

// joinHyphens puts a word together that the end of a line has cut.
func joinHyphens(lines []string) []string {
	var kept []string
	for _, l := range lines {
		if n := len(kept); n > 0 {
			before, cut := strings.CutSuffix(kept[n-1], "-")
			last, _ := utf8.DecodeLastRuneInString(before)
			first, _ := utf8.DecodeRuneInString(l)
			if cut && unicode.IsLower(last) && unicode.IsLower(first) {
				end, rest, _ := strings.Cut(l, " ")
				kept[n-1] = before + end
				if l = rest; l == "" {
					continue
				}
			}
		}
		kept = append(kept, l)
	}
	return kept
}
