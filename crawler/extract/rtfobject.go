package extract

// object reads the file that an object of the document holds, after the word objdata: in the form of OLE 1
// ([MS-OLEDS] 2.2.5), written in hexadecimal digits. Links to other files and controls are no files.
func (r *rtfReader) object() {
	r.group.to = rtfNowhere
	data, whole := r.hexadecimal()
	if r.isForm {
		return
	}
	b := octets(data)
	if b.u32(4) == 1 {
		return // a link
	}
	rest := b.part(8, len(b))
	for range 3 { // the program, and two names
		rest = rest.part(4+rest.u32(0), len(rest))
	}
	size := rest.u32(0)
	file := rest.part(4, size)
	if r.objects++; r.objects > maxInside || !whole || len(file) < size || len(file) == 0 || r.draft.late() {
		r.unread++
		return
	}
	name, unwrapped := "", file.u16(0) == 2
	if unwrapped {
		name, file = packedFile(file)
	}
	if !r.draft.readFile(name, file, unwrapped) {
		r.unread++
	}
}

// hexadecimal reads digits until the group ends; false when there is something else between them, or more than is read.
func (r *rtfReader) hexadecimal() (data []byte, whole bool) {
	high, half := byte(0), false
	for ; r.at < len(r.in); r.at++ {
		c := r.in[r.at]
		switch {
		case c == '}':
			return data, !half
		case c == ' ' || c == '\r' || c == '\n' || c == '\t':
			continue
		case len(data) >= maxInsideBytes:
			return nil, false
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return nil, false
		}
		if half {
			data = append(data, high<<4|c)
		}
		high, half = c, !half
	}
	return data, false
}
