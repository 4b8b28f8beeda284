// Package render runs pages whose text comes from a script in the browser that this machine has.
//
//	Find ──▶ the path of a Chromium, Chrome or Edge; filon brings none along
//
// In: an address and what the source may send. Out: the page as a person would see it. Never: a
// method but GET and HEAD, a host that the source does not own, a browser that filon downloads.
package render
